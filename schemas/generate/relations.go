package main

import "starledger/events"

// relations are what the attributes of an event say about each other, as far as a JSON Schema can
// say it; they repeat what Decode holds against each other. What it cannot say is that effectivetime
// is not after time and that batchindex is below batchcount.
var relations = object{
	{"dependentRequired", object{
		{"idempotencykey", []string{"requestdigest"}},
		{"requestdigest", []string{"idempotencykey"}},
	}},
	{"allOf", []object{
		{
			{"$comment", "The first event of a case has no previous one and brings the salt of the case; no other does."},
			{"if", object{{"properties", object{{"caseseq", object{{"const", 1}}}}}}},
			{"then", object{
				{"properties", object{{"prevdigest", object{{"const", events.NoDigest}}}}},
				{"required", []string{"casesalt"}},
			}},
			{"else", object{{"properties", object{
				{"prevdigest", object{{"not", object{{"const", events.NoDigest}}}}},
				{"casesalt", false},
			}}}},
		},
		{
			{"$comment", "The second and later events of a batch say of how many."},
			{"if", object{
				{"properties", object{{"batchindex", object{{"minimum", 1}}}}},
				{"required", []string{"batchindex"}},
			}},
			{"then", object{
				{"properties", object{{"batchcount", object{{"minimum", 2}}}}},
				{"required", []string{"batchcount"}},
			}},
		},
	}},
}
