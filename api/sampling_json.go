package api

import "starledger/events"

type outletBody struct {
	Outlet  events.Label      `json:"outlet"`
	Name    events.Text       `json:"name"`
	Address events.Text       `json:"address,omitzero"`
	Kind    events.OutletKind `json:"kind"`
	Entry   entryBody         `json:"entry"`
}

func outletOf(o *events.Outlet) outletBody {
	return outletBody{o.OutletRecorded.Outlet, o.Name, o.Address, o.Kind, sourceOf(o.Entry)}
}

type personDaysBody struct {
	Actor  events.ID      `json:"actor"`
	On     events.Date    `json:"on"`
	Days   events.Decimal `json:"days"`
	Outlet events.Label   `json:"outlet,omitzero"`
	Entry  entryBody      `json:"entry"`
}

func personDaysOf(p *events.PersonDays) personDaysBody {
	return personDaysBody{p.PersonDaysRecorded.Actor, p.On, p.Days, p.Outlet, sourceOf(p.Entry)}
}

// populationBody shows a population with everything drawn from it: redraws are counted by their number.
type populationBody struct {
	Population events.Label  `json:"population"`
	Subject    events.Text   `json:"subject"`
	Clause     events.Clause `json:"clause,omitzero"`
	Digest     events.Digest `json:"digest"`
	Size       uint64        `json:"size"`
	Draws      []drawBody    `json:"draws"`
	Entry      entryBody     `json:"entry"`
}

type drawBody struct {
	Draw       uint64                `json:"draw"`
	Checkpoint events.CheckpointName `json:"checkpoint"`
	Items      []uint64              `json:"items"`
	Entry      entryBody             `json:"entry"`
}

func populationOf(p *events.Population) populationBody {
	draws := mapped(p.Draws, func(d *events.Draw) drawBody {
		return drawBody{d.SampleDrawn.Draw, d.Checkpoint, d.Items, sourceOf(d.Entry)}
	})
	return populationBody{p.PopulationRecorded.Population, p.Subject, p.Clause, p.Digest, p.Size, draws, sourceOf(p.Entry)}
}
