package projections

// ForgetCases makes the follower keep no case but the last, so that every other event reads one again.
func (v *Views) ForgetCases() { v.folded = 0 }

// Unpaused makes Run review at once whatever goes on.
func (r *Reviews) Unpaused() { r.pause = 0 }

// RankTimes is how lead times are summed up.
var RankTimes = leadTime
