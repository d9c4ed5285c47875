package api

import "starledger/events/checks"

// programmeWordings belong to what follows a certificate: scope, notice, appeals, complaints, deadlines.
var programmeWordings = map[string]checks.Wording{
	"scope-not-expected":     {ZH: "决定 {decision} 不带范围", EN: "The decision {decision} has no scope."},
	"scope-unchanged":        {ZH: "范围未变", EN: "The scope is the same."},
	"audit-announced":        {ZH: "审查已通知", EN: "The audit was announced already."},
	"announced-too-late":     {ZH: "通知时间晚于首次会议（{opening}）", EN: "The announcement comes after the opening meeting ({opening})."},
	"unknown-decision":       {ZH: "本项目中编号 {against} 的记录不是决定，也不是现行的申请评审", EN: "Event {against} of the case is neither a decision nor the standing review of the application."},
	"unknown-appeal":         {ZH: "没有申诉 {appeal}", EN: "There is no appeal {appeal}."},
	"unknown-complaint":      {ZH: "没有投诉 {complaint}", EN: "There is no complaint {complaint}."},
	"appeal-open":            {ZH: "申诉 {appeal} 尚未处理", EN: "The appeal {appeal} is open."},
	"appeal-decided":         {ZH: "申诉 {appeal} 已处理", EN: "The appeal {appeal} is decided already."},
	"appeal-of-own-decision": {ZH: "{actor} 参与了被申诉的决定，不得处理申诉", EN: "{actor} took part in what is appealed against and does not decide on the appeal."},
	"complaint-open":         {ZH: "投诉 {complaint} 尚未处理", EN: "The complaint {complaint} is open."},
	"complaint-closed":       {ZH: "投诉 {complaint} 已处理", EN: "The complaint {complaint} is closed already."},
	"complaint-of-own-audit": {ZH: "{actor} 参与了被投诉的审查，不得处理投诉", EN: "{actor} took part in the audit complained about and does not close the complaint."},

	"unknown-document":      {ZH: "申请资料清单中没有 {document}", EN: "The list of application documents has no {document}."},
	"evidence-not-expected": {ZH: "状态为 {status} 的资料不带文件", EN: "A document that is {status} comes without files."},
	"document-required":     {ZH: "资料 {document} 是必需的", EN: "The document {document} is required of everybody."},
	"unknown-penalty":       {ZH: "{register} 中没有查到处罚或失信记录", EN: "No penalty was found in {register}."},
	"penalty-cleared":       {ZH: "{register} 中的记录已消除", EN: "The penalty in {register} is cleared already."},
	"penalty-not-cleared":   {ZH: "{register} 中查到的处罚或失信记录尚无消除证据，不能受理", EN: "A penalty found in {register} is not cleared, so the application is not accepted."},
	"signed-too-early":      {ZH: "合同签订日期早于申请日期（{day}）", EN: "The contract is signed before the day of the application ({day})."},
	"documents-outstanding": {ZH: "受理时未收到：{list}", EN: "Not received when it was accepted: {list}."},
	"registers-unsearched":  {ZH: "受理时未查验：{list}", EN: "Not searched when it was accepted: {list}."},

	"import-refused":      {ZH: "{count} 处有误，首处在 {line}；文件中的任何内容均未导入", EN: "{count} lines are wrong, the first is {line}. Nothing of the file was taken."},
	"import-empty":        {ZH: "此客户没有证书，也没有审查", EN: "This client has neither a certificate nor an audit."},
	"too-many-clients":    {ZH: "一次最多导入 {most} 个客户", EN: "An import has at most {most} clients."},
	"csv-malformed":       {ZH: "第 {line} 行不是 UTF-8 编码的 CSV", EN: "Line {line} is not CSV in UTF-8."},
	"column-repeated":     {ZH: "列 {column} 出现了两次", EN: "The column {column} is there twice."},
	"not-imported":        {ZH: "项目不是导入的", EN: "The case was not imported."},
	"certificate-known":   {ZH: "账本中已有证书 {certificate}，或文件中出现了两次", EN: "The ledger has a certificate {certificate} already, or the file has it twice."},
	"unknown-certificate": {ZH: "没有导入的证书 {certificate}", EN: "No certificate {certificate} was imported."},

	"no-accreditation-review": {ZH: "项目不是认可评审", EN: "The case is no accreditation review."},
	"accreditation-review":    {ZH: "认可评审中只有清单、抽样、记录和查阅", EN: "An accreditation review takes lists of cases, samples, notes and views only."},
	"no-cases-to-list":        {ZH: "评审期间没有可查阅的认证项目", EN: "No certification that may be read was open in the period."},
	"event-of-other-case":     {ZH: "该记录不属于此项目", EN: "The event is not one of that case."},

	"not-an-internal-audit":         {ZH: "自评报告只用于内部审核（此审查为 {kind}）", EN: "Only an internal audit ends in a self-assessment report; this one is {kind}."},
	"duplicate-purpose":             {ZH: "目的 {purpose} 出现了两次", EN: "The purpose {purpose} is named twice."},
	"independence-missing":          {ZH: "未说明 {actor} 与受审核活动有无责任关系", EN: "It is not said whether {actor} is free of responsibility for what was audited."},
	"conclusion-contradicts-result": {ZH: "审核未通过，结论不能为 {conclusion}", EN: "The audit failed, so the conclusion is not {conclusion}."},
	"declaration-unfounded":         {ZH: "结论为 {conclusion}，不能作为自我合格声明的基础", EN: "No declaration of conformity rests on the conclusion {conclusion}."},
	"finding-uncorrected":           {ZH: "不符合项 {finding} 尚未整改并验证，不能作为自我合格声明的基础", EN: "No declaration of conformity rests on an audit whose nonconformity {finding} is not corrected and verified."},
	"evaluators-not-independent":    {ZH: "{actors} 对受审核的活动负有责任", EN: "{actors}: responsible for what was audited."},

	"nothing-to-compare": {ZH: "没有可比较的先前审查", EN: "There is no earlier audit to compare with."},
}
