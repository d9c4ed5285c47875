package main

// saysWhyLate gives every command of a body that happened in the past a reason, if it has none: the demo
// tells weeks in a moment, and what is recorded days after it was observed says why (TIME-02).
func saysWhyLate(body any) {
	said, ok := body.(fields)
	if !ok {
		return
	}
	if _, late := said["effective_at"]; late && said["reason"] == nil {
		said["reason"] = "依据现场纸质记录补录"
	}
	if commands, batch := said["commands"].([]fields); batch {
		for _, command := range commands {
			saysWhyLate(command["body"])
		}
	}
}
