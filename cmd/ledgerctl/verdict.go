package main

import (
	"fmt"

	"starledger/events/checks"
	"starledger/projections/bundle"
)

var (
	verdictHead   = phrase{"认证项目 %s 的审计包（%s），第 1 至 %d 条\n日志 %s，%d 片叶子，根 %s", "Bundle of case %s (%s), events 1 to %d\nLog %s, %d leaves, root %s"}
	verdictCases  = phrase{"认可评审，及其抽到的 %d 个项目", "An accreditation review, with the %d cases that it drew"}
	verdictSound  = phrase{"完好：没有检查失败", "SOUND: no check failed"}
	verdictWarned = phrase{"完好，但有 %d 项警告：见上", "SOUND, with %d warnings: see above"}
	verdictBroken = phrase{"完整性已破坏：勿以此包为据", "BROKEN: do not rely on this bundle"}
	catchesWord   = phrase{"此检查所防：", "what this catches:"}
	moreWord      = phrase{"… 另有 %d 处", "… and %d more"}
	bundleProfile = map[string]phrase{"assessor": {"评审员版", "assessor's"}, "client": {"委托方版", "client's"}}
	resultWords   = map[string]phrase{
		string(checks.Pass): {"通过", "pass"}, string(checks.Warned): {"警告", "WARN"},
		string(checks.Fail): {"失败", "FAIL"}, string(checks.NotApplicable): {"不适用", "n/a"},
	}
)

const (
	resultColumn = 6  // of the result
	codeColumn   = 11 // of the code
)

// tellVerdict prints the checks in their order, each with what it found.
func (p *program) tellVerdict(v *bundle.Verdict) error {
	if v.Case != "" {
		err := p.line(p.say(verdictHead)+"\n", plain(string(v.Case)), p.word(bundleProfile, string(v.Profile)), v.CaseSeq, plain(v.Origin), v.Size, v.Root)
		if err != nil {
			return err
		}
	}
	if len(v.Cases) > 0 {
		if err := p.line(p.say(verdictCases)+"\n", len(v.Cases)); err != nil {
			return err
		}
	}
	warnings := 0
	for i := range v.Checks {
		if err := p.tellOutcome(&v.Checks[i]); err != nil {
			return err
		}
		if v.Checks[i].Result == checks.Warned {
			warnings++
		}
	}
	switch {
	case !v.Sound:
		return p.line("\n%s", p.say(verdictBroken))
	case warnings > 0:
		return p.line("\n"+p.say(verdictWarned), warnings)
	}
	return p.line("\n%s", p.say(verdictSound))
}

func (p *program) tellOutcome(o *bundle.Outcome) error {
	text := plain(p.wording(o.Name))
	if detail := plain(p.wording(o.Detail)); detail != "" {
		text += " · " + detail
	}
	result := pad(p.word(resultWords, string(o.Result)), resultColumn)
	if err := p.line("%2d %s %s %s", o.Number, result, pad(o.Code, codeColumn), text); err != nil {
		return err
	}
	for _, e := range o.Examples {
		where := e.Member
		if where == "" && e.Seq != 0 {
			where = fmt.Sprint(e.Seq)
		}
		if where != "" {
			where += ": "
		}
		if err := p.line("      %s%s", plain(where), plain(p.wording(e.Text))); err != nil {
			return err
		}
	}
	if o.More > 0 {
		if err := p.line("      "+p.say(moreWord), o.More); err != nil {
			return err
		}
	}
	if o.Result == checks.Fail {
		return p.line("      %s %s", p.say(catchesWord), p.wording(o.Catches))
	}
	return nil
}

func (p *program) wording(w checks.Wording) string {
	return wordingIn(w, p.settings.language)
}
