package bundle

import "starledger/events/checks"

// A Check is one thing that Verify looks at: what it proves, and which attack it catches.
type Check struct {
	// Number and Code name the check for ever.
	Number int    `json:"number"`
	Code   string `json:"code"`
	// Name says what has to be so.
	Name checks.Wording `json:"name"`
	// Proves says what a reader knows when the check passes.
	Proves checks.Wording `json:"proves"`
	// Catches is the attack that fails here.
	Catches checks.Wording `json:"catches"`

	needs []string // codes of the checks without which nothing can be judged
	run   func(*verification, *Outcome) error
}

// Checks is every check, in the order in which they run. A run fails with an error only when something
// could not be read; what is wrong with the bundle goes into the outcome.
var Checks = []*Check{
	{
		Number: 1, Code: "archive",
		Name:    checks.Wording{ZH: "压缩包安全且逐字节规范", EN: "the archive is safe, and byte for byte as it is written"},
		Proves:  checks.Wording{ZH: "任何工具打开此包所见内容都相同", EN: "every tool that opens the bundle sees the same members"},
		Catches: checks.Wording{ZH: "压缩炸弹、越界路径、重名或隐藏的成员", EN: "zip bombs, paths that lead outside, members twice or hidden"},
		run:     (*verification).checkArchive,
	}, {
		Number: 2, Code: "policy", needs: []string{"archive"},
		Name:    checks.Wording{ZH: "以核验人自己的信任策略判断", EN: "the verifier's own policy decides whom to trust"},
		Proves:  checks.Wording{ZH: "信任的密钥不是由被核验方提供的", EN: "the keys that are trusted do not come from whom they are to check"},
		Catches: checks.Wording{ZH: "运营方在包内自带伪造的密钥", EN: "a forged ledger that brings its own keys"},
		run:     (*verification).checkPolicy,
	}, {
		Number: 3, Code: "checkpoint", needs: []string{"archive", "policy"},
		Name:    checks.Wording{ZH: "检查点有日志签名和足数的见证签名", EN: "the checkpoint is signed by the log and by a quorum of witnesses"},
		Proves:  checks.Wording{ZH: "日志和见证方都认可这棵树", EN: "the log and its witnesses stand by this tree"},
		Catches: checks.Wording{ZH: "换用其他密钥重新签名、未经见证的历史", EN: "a tree signed with another key, a history no witness saw"},
		run:     (*verification).checkCheckpoint,
	}, {
		Number: 4, Code: "events", needs: []string{"archive"},
		Name:    checks.Wording{ZH: "每条记录均可严格解码", EN: "every body can be decoded strictly"},
		Proves:  checks.Wording{ZH: "记录没有含混或多余的内容", EN: "the bodies say what they say, and nothing besides"},
		Catches: checks.Wording{ZH: "被改写的记录、夹带的成员", EN: "bodies written over, members smuggled in"},
		run:     (*verification).checkEvents,
	}, {
		Number: 5, Code: "documents", needs: []string{"events"},
		Name:    checks.Wording{ZH: "模式文件与认证方案同记录中固定的摘要一致", EN: "schemas and schemes have the digests that the events pin"},
		Proves:  checks.Wording{ZH: "评分所依据的就是审查时的规则", EN: "the rules are those that the audits were planned under"},
		Catches: checks.Wording{ZH: "事后更换评分规则", EN: "a scheme that was changed afterwards"},
		run:     (*verification).checkDocuments,
	}, {
		Number: 6, Code: "chain", needs: []string{"events"},
		Name:    checks.Wording{ZH: "记录首尾相接并可重放", EN: "the events of the case continue one another and can be folded"},
		Proves:  checks.Wording{ZH: "从第一条到最后一条没有缺失、插入或调换", EN: "between the first and the last event nothing is missing, inserted or swapped"},
		Catches: checks.Wording{ZH: "抽去、调换或改写一条记录", EN: "an event left out, swapped or altered"},
		run:     (*verification).checkChain,
	}, {
		Number: 7, Code: "inclusion", needs: []string{"checkpoint", "chain"},
		Name:    checks.Wording{ZH: "每条记录都在已签名的树中", EN: "every event is in the tree that was signed"},
		Proves:  checks.Wording{ZH: "记录的字节、时间和次序已被签名固定", EN: "bytes, time and place of each event are what was signed"},
		Catches: checks.Wording{ZH: "签名之后改动的字节（即使校验和一并改写）", EN: "a byte changed after signing, even with its checksums"},
		run:     (*verification).checkInclusion,
	}, {
		Number: 8, Code: "leaves", needs: []string{"checkpoint"},
		Name:    checks.Wording{ZH: "全部叶子合乎语法、次序，并算出已签名的根", EN: "all leaves of the log are well formed, in order, and hash to the root"},
		Proves:  checks.Wording{ZH: "手中是整个日志的全部叶子", EN: "these are all the leaves of the log"},
		Catches: checks.Wording{ZH: "抽去或伪造叶子", EN: "leaves left out or made up"},
		run:     (*verification).checkLeaves,
	}, {
		Number: 9, Code: "complete", needs: []string{"inclusion", "leaves"},
		Name:    checks.Wording{ZH: "本项目的叶子从 1 数到 k，记录齐全", EN: "the leaves of the case count 1 to k, and every event is here"},
		Proves:  checks.Wording{ZH: "截至检查点没有隐瞒本项目的任何记录", EN: "up to the checkpoint no event of the case is withheld"},
		Catches: checks.Wording{ZH: "隐瞒最后的记录", EN: "the last events of a case left out"},
		run:     (*verification).checkComplete,
	}, {
		Number: 10, Code: "history", needs: []string{"checkpoint", "leaves"},
		Name:    checks.Wording{ZH: "较早的检查点有签名，且是同一棵树的开头", EN: "the older checkpoints are signed, and of the beginning of the same tree"},
		Proves:  checks.Wording{ZH: "日志只增长，没有改写", EN: "the log has only grown"},
		Catches: checks.Wording{ZH: "两个版本的历史（分叉）", EN: "two versions of history"},
		run:     (*verification).checkHistory,
	}, {
		Number: 11, Code: "remembered", needs: []string{"history"},
		Name:    checks.Wording{ZH: "与本机以前所见一致", EN: "it continues what this machine saw before"},
		Proves:  checks.Wording{ZH: "本机以前核验过的一切仍在其中", EN: "all that was verified here before is still in it"},
		Catches: checks.Wording{ZH: "用同一密钥重写的历史、恢复的旧副本", EN: "history rewritten with the same key, an old copy restored"},
		run:     (*verification).checkRemembered,
	}, {
		Number: 12, Code: "time", needs: []string{"inclusion", "history"},
		Name:    checks.Wording{ZH: "记录时间介于前后两次见证之间", EN: "recorded times lie between what witnesses saw before and after"},
		Proves:  checks.Wording{ZH: "记录时间不可能早于或晚于所示范围", EN: "when each event was recorded, within the bounds shown"},
		Catches: checks.Wording{ZH: "倒签日期", EN: "back-dating"},
		run:     (*verification).checkTime,
	}, {
		Number: 13, Code: "score", needs: []string{"documents", "inclusion"},
		Name:    checks.Wording{ZH: "重新计算的得分和等级与所称一致", EN: "scores and grades, computed anew, are what is claimed"},
		Proves:  checks.Wording{ZH: "得分完全由记录和规则得出", EN: "the scores follow from the events and the rules"},
		Catches: checks.Wording{ZH: "报告或页面上的分数与记录不符", EN: "a score in the report, review, decision or claims that the events do not give"},
		run:     (*verification).checkScore,
	}, {
		Number: 14, Code: "conformance", needs: []string{"documents", "inclusion"},
		Name:    checks.Wording{ZH: "认证程序符合规则", EN: "the procedure kept the rules of certification"},
		Proves:  checks.Wording{ZH: "职责分离、程序次序等检查均重新执行", EN: "separation of duties and order of steps, each checked again"},
		Catches: checks.Wording{ZH: "审查员兼任认证决定人等", EN: "an auditor who decides, and the like"},
		run:     (*verification).checkConformance,
	}, {
		Number: 15, Code: "attachments", needs: []string{"events"},
		Name:    checks.Wording{ZH: "附件与记录中的摘要一致", EN: "attachments have the digests that the events name"},
		Proves:  checks.Wording{ZH: "证据未被更换", EN: "the evidence is what was referred to"},
		Catches: checks.Wording{ZH: "更换或缺失的证据", EN: "evidence exchanged or missing"},
		run:     (*verification).checkAttachments,
	}, {
		Number: 16, Code: "pages", needs: []string{"checkpoint", "documents", "chain"},
		Name:    checks.Wording{ZH: "说明和报告页面与记录相符", EN: "README and report.html are what this program makes of the events"},
		Proves:  checks.Wording{ZH: "页面显示的就是已核验的记录", EN: "the pages show what was verified"},
		Catches: checks.Wording{ZH: "页面显示的内容与记录不同", EN: "a page that shows something else than the events"},
		run:     (*verification).checkPages,
	}, {
		Number: 17, Code: "draws", needs: []string{"inclusion", "history"},
		Name:    checks.Wording{ZH: "每次抽样都可由清单和检查点重新得出", EN: "every sample follows from its list and the checkpoint after it"},
		Proves:  checks.Wording{ZH: "样本不是挑选的；认可评审抽到的项目全部在此", EN: "nobody chose the samples; every case that a review drew is here"},
		Catches: checks.Wording{ZH: "挑选样本、事后更改清单、隐去抽到的项目", EN: "samples that were chosen, a list changed afterwards, a drawn case left out"},
		run:     (*verification).checkDraws,
	},
}
