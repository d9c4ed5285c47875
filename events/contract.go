package events

// ContractSigned records the contract on certification between the body and the organization.
type ContractSigned struct {
	// Label of the contract in the case, K1, K2, …
	Contract Label `json:"contract"`
	// Number as printed.
	Number Text `json:"number,omitzero"`
	// Day of the last signature, Asia/Shanghai.
	SignedOn Date `json:"signed_on"`
	// The signed contract.
	Evidence []Evidence `json:"evidence"`
}

// EventType is starledger.contract.signed.v1.
func (ContractSigned) EventType() Type { return "starledger.contract.signed.v1" }

// Contract is a contract and where it stands.
type Contract struct {
	Entry
	ContractSigned
}

func (d ContractSigned) apply(c *Case, e *Stored) error {
	c.Contracts = append(c.Contracts, Contract{entryOf(e), d})
	return nil
}
