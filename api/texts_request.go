package api

import "starledger/events/checks"

// requestWordings belong to what can be wrong with any request, and with one that writes.
var requestWordings = map[string]checks.Wording{
	// The request as a whole.
	"route-unknown":           {ZH: "没有这个地址", EN: "There is nothing at this address."},
	"request-malformed":       {ZH: "这不是 HTTP 请求", EN: "This is not a request of HTTP."},
	"headers-too-large":       {ZH: "请求头过大", EN: "The headers of the request are too large."},
	"transfer-coding-unknown": {ZH: "不支持此传输编码", EN: "The transfer coding of the request is not known."},
	"method-not-allowed":      {ZH: "此地址只接受 {allow}", EN: "This address takes {allow}."},
	"query-malformed":         {ZH: "查询字符串无法解析", EN: "The query string cannot be read."},
	"parameter-unknown":       {ZH: "此地址没有参数 {parameter}", EN: "This address has no parameter {parameter}."},
	"parameter-repeated":      {ZH: "参数 {parameter} 只能出现一次", EN: "The parameter {parameter} may be given once."},
	"dry-run-malformed":       {ZH: "dry_run 只能是 true 或 false", EN: "dry_run is true or false."},
	"internal":                {ZH: "处理时出错，请把 trace_id 告知管理员", EN: "Something went wrong. Tell the administrator the trace_id."},
	"integrity-broken":        {ZH: "已保存的记录与应有的不符，不据此作答；请把 trace_id 告知管理员", EN: "What is stored is not what it has to be, so nothing is answered from it. Tell the administrator the trace_id."},
	"unavailable":             {ZH: "账本暂时不能写入或读取，请稍后重试", EN: "The ledger cannot be written or read now. Try again later."},
	"overloaded":              {ZH: "请求过多，此请求未被处理，请稍后重试", EN: "Too many requests at once: nothing of this one was done. Try again later."},
	"sign-in-missing":         {ZH: "请求未带登录令牌（Authorization: Bearer …）", EN: "The request carries no token (Authorization: Bearer …)."},
	"sign-in-unknown":         {ZH: "令牌无效", EN: "The token is not known."},
	"session-over":            {ZH: "登录已过期，请重新登录", EN: "The session is over. Sign in again."},
	"cross-origin":            {ZH: "拒绝来自其他网站的请求", EN: "Requests from other sites are refused."},
	"sign-in-too-fast":        {ZH: "登录失败过于频繁，请稍后再试", EN: "Too many failed sign-ins. Wait before the next one."},
	"not-allowed":             {ZH: "您的角色或在本项目中的身份不允许此操作（{action}）", EN: "Your role, or your part in this case, does not allow this ({action})."},
	"not-json":                {ZH: "请求体须为未压缩的 UTF-8 application/json", EN: "The body has to be application/json in UTF-8, not compressed."},
	"body-too-large":          {ZH: "请求体超过 1 MiB", EN: "The body is larger than 1 MiB."},
	"body-incomplete":         {ZH: "请求体未完整到达", EN: "The body did not arrive whole."},
	"event-too-large":         {ZH: "记录超过 256 KiB，请把内容放入附件", EN: "The event would be larger than 256 KiB. Put the content into an attachment."},
	"json-malformed":          {ZH: "不是一个完整、合法的 JSON 文档", EN: "This is not one well-formed JSON document."},
	"null-not-allowed":        {ZH: "不接受 null，请省略该成员", EN: "null is not accepted: leave the member out."},
	"member-missing":          {ZH: "缺少必需的成员，或其值为空或 0", EN: "A required member is missing, or it is empty or 0."},
	"member-unknown":          {ZH: "没有这个成员", EN: "There is no such member."},
	"member-repeated":         {ZH: "成员重复", EN: "The member is given twice."},
	"member-invalid":          {ZH: "值不符合要求，应为：{expected}", EN: "The value is not accepted. Expected: {expected}."},
	"path-unknown":            {ZH: "项目下没有可投递到 {path} 的命令", EN: "No command inside a case is posted to {path}."},
	"too-many-commands":       {ZH: "一批最多 {most} 条", EN: "At most {most} commands go together."},
	"number-unknown":          {ZH: "没有编号 {number}", EN: "There is no {number}."},
	"attachment-unknown":      {ZH: "没有这个附件，或无权读取；仅可读取部分项目者须以 case 参数指明引用它的项目", EN: "There is no such attachment, or it may not be read. Who may read only some cases names, in the parameter case, one that refers to it."},
	"encoding-not-accepted":   {ZH: "附件须不带 Content-Encoding：摘要按收到的字节计算", EN: "An attachment comes without Content-Encoding: its digest is that of the bytes that arrive."},
	"media-type-missing":      {ZH: "须以 Content-Type 说明附件的媒体类型", EN: "Content-Type has to say the media type of the attachment."},
	"attachment-too-large":    {ZH: "附件超过 32 MiB", EN: "The attachment is larger than 32 MiB."},

	"content-digest-malformed": {ZH: "Content-Digest 应为 sha-256=:<Base64>:", EN: "Content-Digest has the form sha-256=:<Base64>:."},
	"content-digest-differs":   {ZH: "收到的字节与 Content-Digest 不符，未保存", EN: "The bytes that arrived are not those of Content-Digest. Nothing was stored."},

	// Writing.
	"idempotency-key-missing":   {ZH: "缺少 Idempotency-Key", EN: "The Idempotency-Key is missing."},
	"idempotency-key-malformed": {ZH: "Idempotency-Key 为 1 到 128 个可见 ASCII 字符，只能给出一次", EN: "An Idempotency-Key is 1 to 128 visible ASCII characters, given once."},
	"idempotency-key-reused":    {ZH: "该 Idempotency-Key 已用于另一请求", EN: "This Idempotency-Key was used for another request."},
	"if-match-missing":          {ZH: "此操作须以 If-Match 说明所依据的项目状态", EN: "This command needs If-Match, the state of the case that was seen."},
	"if-match-malformed":        {ZH: "If-Match 应为一个带引号的序号，如 \"7\"", EN: "If-Match is one number in quotes, as in \"7\"."},
	"if-match-stale":            {ZH: "您看到的是第 {seen} 条，项目现为第 {now} 条；错过的记录见 missed", EN: "You have seen the case at {seen}; it now stands at {now}. What was missed is in missed."},
	"case-busy":                 {ZH: "项目正在被其他节点写入，请以同一 Idempotency-Key 重试", EN: "The case is being written to elsewhere. Try again with the same Idempotency-Key."},
	"outcome-unknown":           {ZH: "无法确定记录是否已保存，请以同一 Idempotency-Key 重试", EN: "It is not known whether the event was stored. Try again with the same Idempotency-Key."},

	// What-if.
	"what-if-unknown-event": {ZH: "该项目没有这条记录", EN: "The case has no such event."},
	"what-if-impossible":    {ZH: "去掉这些记录后，其余记录无所依附", EN: "Without these events others have nothing to refer to."},
	"what-if-scheme":        {ZH: "审查的记录不适用于方案 {scheme}（没有相应条款，或不允许相应扣分）", EN: "The audit cannot be judged under {scheme}: it has not the clauses, or does not allow the deductions."},
	"score-impossible":      {ZH: "全部指标均被删减，无法计分", EN: "Every clause is deleted, so there is no score."},
}
