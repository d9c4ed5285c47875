package api

import "starledger/events/checks"

// registryWordings belong to schemes and to what the certification body settles for all cases.
var registryWordings = map[string]checks.Wording{
	// Schemes.
	"scheme-invalid":        {ZH: "方案文件不符合规则，见 errors", EN: "The scheme document breaks a rule: see errors."},
	"scheme-draft":          {ZH: "条款 {clause} 没有分值：草案不能登记，请先填写各指标分值", EN: "The clause {clause} has no points: a draft is not registered. Fill in the points first."},
	"scheme-version-exists": {ZH: "{scheme} 已存在；版本不可更改，请登记新版本", EN: "{scheme} exists. A version is never changed: register another one."},
	"scheme-name-unusable":  {ZH: "记录无法引用名称 {name}（条款号为 1 到 32 个可见 ASCII 字符；情形与等级为标识符）", EN: "No event can name {name}: a clause has 1 to 32 visible ASCII characters, a trigger or grade is an identifier."},
	"scheme-too-large":      {ZH: "方案 {scheme} 的文件超过 100000 个字符", EN: "The document of {scheme} has more than 100000 characters."},
	"scheme-not-combinable": {ZH: "评价1的方案 {scheme} 不存在、摘要不符、没有分值，或与本方案有相同条款", EN: "The scheme of evaluation 1, {scheme}, is not there under that digest, has no points, or shares a clause with this one."},

	"bad-name":             {ZH: "标识不符合要求（{problem}）", EN: "The identifier is not accepted ({problem})."},
	"too-long":             {ZH: "文本过长（{problem}）", EN: "The text is too long ({problem})."},
	"too-many":             {ZH: "项目过多（{problem}）", EN: "There are too many items ({problem})."},
	"empty-list":           {ZH: "列表为空（{problem}）", EN: "The list is empty ({problem})."},
	"not-a-date":           {ZH: "不是日期（{problem}）", EN: "This is no date ({problem})."},
	"duplicate-id":         {ZH: "标识重复（{problem}）", EN: "The identifier is used twice ({problem})."},
	"unknown-chapter":      {ZH: "没有这一章（{problem}）", EN: "There is no such chapter ({problem})."},
	"unknown-section":      {ZH: "没有这一节（{problem}）", EN: "There is no such section ({problem})."},
	"unknown-method":       {ZH: "没有这种计分方法（{problem}）", EN: "There is no such method ({problem})."},
	"not-a-decimal":        {ZH: "不是十进制数文本（{problem}）", EN: "This is no decimal number as text ({problem})."},
	"not-positive":         {ZH: "须大于 0（{problem}）", EN: "It has to be above 0 ({problem})."},
	"points-missing":       {ZH: "其他条款有分值，此条款没有（{problem}）", EN: "The points are missing ({problem})."},
	"points-do-not-sum":    {ZH: "各条款分值之和不等于满分（{problem}）", EN: "The points do not sum to full marks ({problem})."},
	"sampled-under-rating": {ZH: "评定比例法没有按样本扣分（{problem}）", EN: "There are no deductions by sample under ratings ({problem})."},
	"unknown-operator":     {ZH: "没有这个比较符（{problem}）", EN: "There is no such operator ({problem})."},
	"out-of-range":         {ZH: "超出范围（{problem}）", EN: "It is out of range ({problem})."},
	"above-cap":            {ZH: "高于上限（{problem}）", EN: "It is above the cap ({problem})."},
	"below-minimum":        {ZH: "低于最低分（{problem}）", EN: "It is below the minimum ({problem})."},
	"grades-out-of-order":  {ZH: "等级须由低到高（{problem}）", EN: "Grades go from the lowest to the highest ({problem})."},
	"bands-not-contiguous": {ZH: "评分档须相接（{problem}）", EN: "Rating bands follow one another ({problem})."},
	"unknown-basis":        {ZH: "没有这种扣分方式（{problem}）", EN: "There is no such basis ({problem})."},
	"unknown-rule":         {ZH: "没有这种合并规则（{problem}）", EN: "There is no such rule of combination ({problem})."},
	"share-not-expected":   {ZH: "此规则没有权重（{problem}）", EN: "This rule has no share ({problem})."},
	"not-a-digest":         {ZH: "不是摘要（{problem}）", EN: "This is no digest ({problem})."},

	"difference:added":   {ZH: "新增 {path}：{b}", EN: "{path} is new: {b}"},
	"difference:removed": {ZH: "删除 {path}（原为 {a}）", EN: "{path} is gone (it was {a})"},
	"difference:changed": {ZH: "{path} 由 {a} 改为 {b}", EN: "{path} was {a} and is now {b}"},

	// Approvals, qualifications, parameters.
	"unknown-approval":       {ZH: "没有批准 {approval}", EN: "There is no approval {approval}."},
	"unknown-qualification":  {ZH: "没有资格 {qualification}", EN: "There is no qualification {qualification}."},
	"unknown-parameter":      {ZH: "没有参数 {parameter}，可设参数见 GET /v1/parameters", EN: "There is no parameter {parameter}. GET /v1/parameters lists them."},
	"validity-ended":         {ZH: "有效期已于 {until} 结束", EN: "The validity ended on {until}."},
	"duplicate-field":        {ZH: "领域 {field} 出现了两次", EN: "The field {field} is named twice."},
	"parameter-out-of-range": {ZH: "参数值须在 {least} 到 {most} 之间（天数、月数、小时数为整数）；任何参数都不能关闭检查", EN: "The value is from {least} to {most}, whole for days, months and hours. No parameter switches a check off."},
	"parameter-unchanged":    {ZH: "参数值已是 {value}", EN: "The value is {value} already."},

	// Outlets, person-days, samples, corrections.
	"unknown-outlet":          {ZH: "没有网点 {outlet}", EN: "There is no outlet {outlet}."},
	"outlet-exists":           {ZH: "网点已登记为 {outlet}", EN: "The outlet is recorded as {outlet}."},
	"days-out-of-range":       {ZH: "人日须大于 0 且不超过 1", EN: "Person-days of one day are above 0 and at most 1."},
	"day-outside-audit":       {ZH: "审查自 {day} 开始", EN: "The audit begins on {day}."},
	"unknown-population":      {ZH: "没有总体 {population}", EN: "There is no population {population}."},
	"population-size":         {ZH: "总体称有 {stated} 项，清单有 {lines} 行", EN: "The population is said to have {stated} items, its list has {lines} lines."},
	"population-unsealed":     {ZH: "总体 {population} 尚未被检查点覆盖，请稍后抽样", EN: "No checkpoint covers the population {population} yet. Draw later."},
	"sample-too-large":        {ZH: "数量不超过 {most}", EN: "The size is at most {most}."},
	"draw-stands":             {ZH: "已从总体 {population} 抽样 {draws} 次；重新抽样须说明 redraw 和原因", EN: "{draws} samples were drawn from {population} already. A redraw says redraw, and why."},
	"redraw-needs-reason":     {ZH: "重新抽样须说明原因", EN: "A redraw needs a reason."},
	"correction-not-accepted": {ZH: "审核发现 {finding} 没有已验收的整改", EN: "The finding {finding} has no accepted correction."},
}
