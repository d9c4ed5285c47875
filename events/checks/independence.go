package checks

import (
	"fmt"
	"strings"

	"starledger/events"
)

var independentOfAudited = &Check{
	Code: "SELF-01",
	Name: Wording{
		"内部审核人员与受审核活动无责任关系",
		"internal auditors are free of responsibility for what is audited",
	},
	Source:  "P6; 004 Q5",
	Posting: Warn,
	Guards:  types(events.SelfAssessmentReported{}),
	guard: func(p Posting) *Violation {
		var bound []string
		for _, x := range p.Payload.(events.SelfAssessmentReported).Independence {
			if !*x.Free {
				bound = append(bound, string(x.Actor))
			}
		}
		if len(bound) == 0 {
			return nil
		}
		list := strings.Join(bound, ", ")
		return &Violation{
			Code: notIndependent, Pointer: "/independence", Args: map[string]string{"actors": list},
			Detail: Wording{
				fmt.Sprintf("%s 对受审核的活动负有责任", list),
				fmt.Sprintf("%s: responsible for what was audited", list),
			},
		}
	},
}
