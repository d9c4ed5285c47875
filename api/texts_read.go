package api

import "starledger/events/checks"

// readWordings belong to what can be wrong with a request that reads.
var readWordings = map[string]checks.Wording{
	"after-malformed":         {ZH: "after 应为上一页给出的游标", EN: "after is the cursor that the page before gave."},
	"as-of-malformed":         {ZH: "时间点应为 seq:<序号>、RFC 3339 时间或日期", EN: "A point is seq:<n>, an RFC 3339 time or a date."},
	"as-of-in-future":         {ZH: "时间点晚于现在", EN: "The point lies after now."},
	"as-of-unknown":           {ZH: "账本中没有这个时间点", EN: "The ledger has no such point."},
	"axis-unknown":            {ZH: "axis 应为 recorded 或 effective", EN: "axis is recorded or effective."},
	"seq-on-effective-axis":   {ZH: "序号按记录先后排列，不能用于 effective 轴", EN: "A sequence orders what was recorded; on the effective axis give a time."},
	"detail-unknown":          {ZH: "detail 应为 clauses、steps 或 clauses,steps", EN: "detail is clauses, steps, or clauses,steps."},
	"unknown-event":           {ZH: "没有这条记录", EN: "There is no such event."},
	"last-event-id-malformed": {ZH: "Last-Event-ID 应为序号", EN: "Last-Event-ID is a sequence."},
	"limit-out-of-range":      {ZH: "limit 应为 1 到 {max}", EN: "limit is from 1 to {max}."},
	"limit-without-pages":     {ZH: "limit 只用于分页", EN: "limit is for pages."},
	"min-seq-malformed":       {ZH: "min_seq 应为序号", EN: "min_seq is a sequence."},
	"not-caught-up":           {ZH: "读取模型尚未处理到 {seq}，请稍后重试", EN: "The read model has not come to {seq} yet. Try again."},
	"parameter-malformed":     {ZH: "参数 {parameter} 的值不符合要求，应为：{expected}", EN: "The value of the parameter {parameter} is not accepted. Expected: {expected}."},
	"parameter-missing":       {ZH: "缺少参数 {parameter}", EN: "The parameter {parameter} is missing."},
	"parameter-on-live-feed":  {ZH: "实时流不接受参数 {parameter}", EN: "A live feed does not take the parameter {parameter}."},
	"search-malformed":        {ZH: "检索词应为 1 到 {max} 个字符的 UTF-8 文本", EN: "The text searched for has 1 to {max} characters, in UTF-8."},
	"table-unknown":           {ZH: "没有这张表；可用：{tables}", EN: "There is no such table. Tables: {tables}."},
	"state-unknown":           {ZH: "没有这种状态；可用：{states}", EN: "There is no such state. States: {states}."},
}
