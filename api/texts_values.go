package api

import "starledger/events/checks"

// valueWordings say what a member has to look like, and which step has to come first.
var valueWordings = map[string]checks.Wording{
	"expected:clause":             {ZH: "条款号，如 5.1.1.1", EN: "the number of a clause, as in 5.1.1.1"},
	"expected:date":               {ZH: "日期，如 2026-11-01", EN: "a date, as in 2026-11-01"},
	"expected:decimal":            {ZH: "十进制数文本，如 \"1.5\"", EN: "a decimal number as text, as in \"1.5\""},
	"expected:digest":             {ZH: "sha256: 加 64 位小写十六进制", EN: "sha256: and 64 lower-case hex digits"},
	"expected:id":                 {ZH: "标识符：1 到 64 个 a-z A-Z 0-9 . _ -", EN: "an identifier: 1 to 64 of a-z A-Z 0-9 . _ -"},
	"expected:media-type":         {ZH: "媒体类型，如 image/png", EN: "a media type, as in image/png"},
	"expected:number":             {ZH: "编号，如 F1", EN: "a number, as in F1"},
	"expected:text":               {ZH: "1 到 4000 个字符的文本", EN: "a text of 1 to 4000 characters"},
	"expected:type":               {ZH: "事件类型，如 starledger.case.opened.v1", EN: "the type of an event, as in starledger.case.opened.v1"},
	"expected:moment":             {ZH: "RFC 3339 时间，或如 2026-11-01 的日期", EN: "an RFC 3339 time, or a date, as in 2026-11-01"},
	"expected:uscc":               {ZH: "18 位统一社会信用代码", EN: "a unified social credit code of 18 characters"},
	"expected:certificate-number": {ZH: "1 到 64 个可见 ASCII 字符", EN: "1 to 64 visible ASCII characters"},
	"expected:granted-cases":      {ZH: "\"all\" 或项目列表", EN: "\"all\" or a list of cases"},
	"expected:scheme":             {ZH: "方案，如 gbt27922-2011 或 gbt27922-2011@1", EN: "a scheme, as in gbt27922-2011 or gbt27922-2011@1"},
	"expected:time":               {ZH: "RFC 3339 时间，如 2026-11-01T10:02:00+08:00", EN: "an RFC 3339 time, as in 2026-11-01T10:02:00+08:00"},
	"expected:count":              {ZH: "不小于 0 的整数", EN: "a whole number from 0"},
	"expected:bool":               {ZH: "true 或 false", EN: "true or false"},
	"expected:string":             {ZH: "文本", EN: "a text"},
	"expected:list":               {ZH: "列表", EN: "a list"},
	"expected:object":             {ZH: "对象", EN: "an object"},
	"expected:other":              {ZH: "另一种值", EN: "another kind of value"},

	"step:application-review": {ZH: "申请评审", EN: "the review of the application"},
	"step:document-review":    {ZH: "文件审查", EN: "the document review"},
	"step:opening":            {ZH: "首次会议", EN: "the opening meeting"},
	"step:closing":            {ZH: "末次会议", EN: "the closing meeting"},
	"step:correction":         {ZH: "整改", EN: "a correction"},
	"step:report":             {ZH: "审查报告", EN: "the report"},
	"step:review":             {ZH: "复核", EN: "the review"},
	"step:decision":           {ZH: "认证决定", EN: "the decision"},
	"step:certificate":        {ZH: "认证证书", EN: "a certificate"},
}
