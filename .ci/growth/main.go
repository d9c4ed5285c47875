// Command growth draws what was measured of ledgers of several sizes: a plot of how much more each thing
// costs than in the smallest ledger, where a flat line means that its price does not depend on the size; and
// the table of the README. It only draws: the numbers come from BenchmarkGrowth.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: growth DATA.jsonl PLOT.svg")
		os.Exit(2)
	}
	points, err := read(os.Args[1])
	if err == nil {
		err = os.WriteFile(os.Args[2], []byte(plot(points)), 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "growth:", err)
		os.Exit(1)
	}
	fmt.Print(table(points))
}

// point is a line of the data: a size, and what was measured.
type point map[string]float64

// A series is one line of the plot and one row of the table.
type series struct{ key, name, unit, colour string }

var all = []series{
	{"append_ms", "command to 201", "ms", "#1677ff"},
	{"case_read_ms", "read a case", "ms", "#52c41a"},
	{"list_ms", "list 50 cases", "ms", "#fa8c16"},
	{"proof_ms", "inclusion proof", "ms", "#722ed1"},
	{"start_ms", "start, read models up to date", "ms", "#8c8c8c"},
	{"rebuild_ms", "start, read models made anew", "ms", "#f5222d"},
	{"memory_mb", "resident memory", "MB", "#13c2c2"},
}

// read takes the latest line of each size.
func read(path string) ([]point, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	latest := map[float64]point{}
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		p := point{}
		if err := json.Unmarshal(lines.Bytes(), &p); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		latest[p["events"]] = p
	}
	var points []point
	for _, p := range latest {
		points = append(points, p)
	}
	slices.SortFunc(points, func(a, b point) int { return int(a["events"] - b["events"]) })
	if len(points) < 2 {
		return nil, errors.Join(lines.Err(), fmt.Errorf("%s has %d sizes, two are the least", path, len(points)))
	}
	return points, lines.Err()
}

func table(points []point) string {
	var text strings.Builder
	text.WriteString("| |")
	for _, p := range points {
		fmt.Fprintf(&text, " %.0f events |", p["events"])
	}
	text.WriteString("\n|---|" + strings.Repeat("---|", len(points)) + "\n")
	for _, s := range all {
		fmt.Fprintf(&text, "| %s |", s.name)
		for _, p := range points {
			fmt.Fprintf(&text, " %s %s |", short(p[s.key]), s.unit)
		}
		text.WriteString("\n")
	}
	return text.String()
}

func short(v float64) string {
	if v < 100 {
		return fmt.Sprintf("%.2g", v)
	}
	return fmt.Sprintf("%.0f", v)
}

// The plot, in pixels. Both axes are logarithmic; above is dearer.
const (
	width, height              = 760, 360
	left, right, top, bottom   = 60, 250, 20, 40
	leastFactor, mostFactor    = 0.25, 256.0
	lineHeight, firstLegendRow = 22, 40
)

func plot(points []point) string {
	least, most := points[0]["events"], points[len(points)-1]["events"]
	x := func(events float64) float64 {
		return left + (width-left-right)*math.Log(events/least)/math.Log(most/least)
	}
	y := func(factor float64) float64 {
		factor = min(max(factor, leastFactor), mostFactor)
		return height - bottom - (height-top-bottom)*math.Log(factor/leastFactor)/math.Log(mostFactor/leastFactor)
	}
	var svg strings.Builder
	fmt.Fprintf(&svg, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">`+"\n", width, height)
	fmt.Fprintf(&svg, `<title>What a ledger costs as it grows, as a multiple of the smallest</title><rect width="%d" height="%d" fill="#fff"/>`+"\n", width, height)
	for _, factor := range []float64{0.25, 0.5, 1, 2, 4, 8, 16, 32, 64, 128, 256} {
		fmt.Fprintf(&svg, `<path d="M%d %.1fH%d" stroke="#ddd"/><text x="%d" y="%.1f" text-anchor="end">%g×</text>`+"\n", left, y(factor), width-right, left-6, y(factor)+4, factor)
	}
	for _, p := range points {
		fmt.Fprintf(&svg, `<path d="M%.1f %dV%d" stroke="#eee"/><text x="%.1f" y="%d" text-anchor="middle">%.0f</text>`+"\n", x(p["events"]), top, height-bottom, x(p["events"]), height-bottom+18, p["events"])
	}
	for i, s := range all {
		var path strings.Builder
		for n, p := range points {
			command := "L"
			if n == 0 {
				command = "M"
			}
			fmt.Fprintf(&path, "%s%.1f %.1f", command, x(p["events"]), y(p[s.key]/points[0][s.key]))
		}
		row := firstLegendRow + i*lineHeight
		fmt.Fprintf(&svg, `<path d="%s" fill="none" stroke="%s" stroke-width="2"/>`+"\n", path.String(), s.colour)
		fmt.Fprintf(&svg, `<path d="M%d %dh18" stroke="%s" stroke-width="3"/><text x="%d" y="%d">%s</text>`+"\n", width-right+16, row, s.colour, width-right+40, row+4, s.name)
	}
	svg.WriteString("</svg>\n")
	return svg.String()
}
