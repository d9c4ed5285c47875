package api

import (
	"maps"
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"starledger/events/checks"
)

// language is one of those the texts are written in. Codes never change with it.
type language int

const (
	english language = iota
	chinese
)

// languageOf chooses by Accept-Language. English is for programs that do not say: browsers do.
func languageOf(h http.Header) language {
	best, chosen := 0.0, english
	for part := range strings.SplitSeq(h.Get("Accept-Language"), ",") {
		tag, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		weight := 1.0
		if q, ok := strings.CutPrefix(strings.TrimSpace(params), "q="); ok {
			parsed, err := strconv.ParseFloat(q, 64)
			if err != nil {
				continue
			}
			weight = parsed
		}
		primary, _, _ := strings.Cut(strings.ToLower(tag), "-")
		if weight <= best {
			continue
		}
		switch primary {
		case "zh":
			best, chosen = weight, chinese
		case "en":
			best, chosen = weight, english
		}
	}
	return chosen
}

func (l language) tag() string {
	if l == chinese {
		return "zh-CN"
	}
	return "en"
}

// of chooses from a wording.
func (l language) of(w checks.Wording) string {
	if l == chinese {
		return w.ZH
	}
	return w.EN
}

// text is the sentence to a code, with {name} replaced by the argument of that name. An argument
// that is itself the key of a text is shown as that text. A code without text is shown as it is,
// which a test keeps from happening.
func (l language) text(code string, args map[string]string) string {
	wording, known := wordings[code]
	if !known {
		return code
	}
	text := l.of(wording)
	if !strings.Contains(text, "{") {
		return text
	}
	pairs := make([]string, 0, 2*len(args))
	for name, value := range args {
		if key, ok := wordings[keyPrefix(name)+value]; ok {
			value = l.of(key)
		}
		pairs = append(pairs, "{"+name+"}", value)
	}
	return placeholder.ReplaceAllString(strings.NewReplacer(pairs...).Replace(text), "–")
}

// placeholder is left where the refusal had nothing to say, such as the grade of a failed audit.
var placeholder = regexp.MustCompile(`\{[a-z]+\}`)

// keyPrefix keeps what a caller wrote from being taken for the key of a text: only arguments that
// the server itself chooses are looked up.
func keyPrefix(argument string) string {
	switch argument {
	case "expected":
		return "expected:"
	case "missing":
		return "step:"
	}
	return "\x00"
}

// title says what a status means; the detail, from the code, says what happened.
func (l language) title(status int) string {
	if wording, known := titles[status]; known {
		return l.of(wording)
	}
	return http.StatusText(status)
}

var titles = map[int]checks.Wording{
	http.StatusBadRequest:            {ZH: "请求格式有误", EN: "The request is malformed"},
	http.StatusUnauthorized:          {ZH: "未登录", EN: "Not signed in"},
	http.StatusForbidden:             {ZH: "不允许", EN: "Not allowed"},
	http.StatusNotFound:              {ZH: "未找到", EN: "Not found"},
	http.StatusMethodNotAllowed:      {ZH: "方法不适用", EN: "Wrong method"},
	http.StatusNotAcceptable:         {ZH: "无法以所要求的形式提供", EN: "Not available in this form"},
	http.StatusConflict:              {ZH: "与现状重复", EN: "It stands already"},
	http.StatusPreconditionFailed:    {ZH: "项目已有更新", EN: "The case has moved on"},
	http.StatusRequestEntityTooLarge: {ZH: "内容过大", EN: "Too large"},
	http.StatusUnsupportedMediaType:  {ZH: "媒体类型不符", EN: "Wrong content type"},
	http.StatusUnprocessableEntity:   {ZH: "不符合规则", EN: "Against a rule"},
	http.StatusTooEarly:              {ZH: "尚未封存", EN: "Too early"},
	http.StatusPreconditionRequired:  {ZH: "须说明所依据的状态", EN: "Say which state was seen"},
	http.StatusTooManyRequests:       {ZH: "过于频繁", EN: "Too fast"},
	http.StatusInternalServerError:   {ZH: "服务器内部错误", EN: "Internal error"},
	http.StatusServiceUnavailable:    {ZH: "暂不可用", EN: "Unavailable"},
}

// wordings are the texts to all codes, and to the keys that arguments are made of.
var wordings = joined(requestWordings, readWordings, sealWordings, ruleWordings, registryWordings, valueWordings, programmeWordings)

func joined(tables ...map[string]checks.Wording) map[string]checks.Wording {
	all := map[string]checks.Wording{}
	for _, table := range tables {
		maps.Copy(all, table)
	}
	return all
}
