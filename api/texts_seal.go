package api

import "starledger/events/checks"

// sealWordings belong to what can be wrong with a request about proofs, and to the states of witnesses.
var sealWordings = map[string]checks.Wording{
	"not-sealing":        {ZH: "此服务未开启封存，不能提供证明", EN: "This service does not seal, so it proves nothing."},
	"ledger-stopped":     {ZH: "账本与已封存的内容不符，已停止写入；已有内容仍可读取，详见 /v1/integrity", EN: "The ledger is not what was sealed, so nothing is written any more. What stands is still read; /v1/integrity tells more."},
	"disk-full":          {ZH: "存放第二份副本或封存内容的磁盘已满，暂停写入；已有内容仍可读取，腾出空间后自动恢复", EN: "The disk of the second copy, or of what is sealed, is full, so nothing is written for now. What stands is still read; writing goes on by itself once there is room."},
	"not-sealed-yet":     {ZH: "尚无检查点覆盖此内容，请稍后重试", EN: "No checkpoint covers this yet. Try again in a moment."},
	"not-witnessed-yet":  {ZH: "项目已封存，但覆盖它的检查点尚未得到足够的见证签名，请稍后重试", EN: "The case is sealed, but the checkpoint that covers it has not enough cosignatures of witnesses yet. Try again."},
	"unknown-checkpoint": {ZH: "没有这个检查点", EN: "There is no such checkpoint."},
	"unknown-tile":       {ZH: "没有这个分块，或尚无检查点覆盖它", EN: "There is no such tile, or no checkpoint covers it yet."},
	"bundles-busy":       {ZH: "正在生成的审计包已达上限，请稍后重试", EN: "As many bundles as may be are being written. Try again in a moment."},
	"bundle-too-large":   {ZH: "项目的记录超过一个审计包的容量；认可评审请分次抽样", EN: "The events are more than a bundle holds. Draw fewer cases into one review."},
	"since-malformed":    {ZH: "since 是树的大小，即一个整数", EN: "since is the size of a tree, a whole number."},
	"profile-unknown":    {ZH: "profile 应为 assessor 或 client", EN: "profile is assessor or client."},
	"wait-malformed":     {ZH: "wait 应为 sealed 或 witnessed", EN: "wait is sealed or witnessed."},
	"wait-on-dry-run":    {ZH: "试算不写入任何内容，没有可等待的", EN: "A dry run stores nothing, so there is nothing to wait for."},

	"witness:cosigned":    {ZH: "已签署最新的检查点", EN: "It has cosigned the newest checkpoint."},
	"witness:unwitnessed": {ZH: "尚未询问，或该见证方尚未登记本账本的密钥（ledgerd keys 显示应登记的内容）", EN: "It was not asked yet, or it has not registered the key of this log; ledgerd keys prints what to register."},
	"witness:unreachable": {ZH: "未作出可用的答复，稍后会再次询问；原因见服务日志", EN: "It gave no answer of use and is asked again; the log of the server says why."},
	"witness:incident":    {ZH: "该见证方见过另一段历史，须由人员调查", EN: "It has seen another history. People have to look into this."},
}
