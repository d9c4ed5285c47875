package main

import (
	"io"
	"strings"
)

// gap stands between two columns.
const gap = "  "

// A table aligns its columns by what a terminal shows, so that Chinese text does not shift them.
// Every cell is made plain; the last column is not padded.
type table struct {
	indent string
	rows   [][]string
}

func (t *table) add(cells ...string) {
	row := make([]string, len(cells))
	for i, cell := range cells {
		row[i] = plain(cell)
	}
	t.rows = append(t.rows, row)
}

func (t *table) write(w io.Writer) error {
	var widths []int
	for _, row := range t.rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], width(cell))
		}
	}
	var text strings.Builder
	for _, row := range t.rows {
		text.WriteString(t.indent + aligned(widths, row) + "\n")
	}
	_, err := io.WriteString(w, text.String())
	return err
}

// aligned is one line of a table, without spaces at its end.
func aligned(widths []int, cells []string) string {
	var line strings.Builder
	for i, cell := range cells {
		if i > 0 {
			line.WriteString(gap)
		}
		if i < len(widths) {
			cell = pad(cell, widths[i])
		}
		line.WriteString(cell)
	}
	return strings.TrimRight(line.String(), " ")
}

// A listing writes rows as they come, in columns of fixed width: for feeds that have no end. A cell
// that is too wide pushes the rest of its line.
type listing struct {
	w      io.Writer
	widths []int
}

func (l listing) add(cells ...string) error {
	for i, cell := range cells {
		cells[i] = plain(cell)
	}
	_, err := io.WriteString(l.w, aligned(l.widths, cells)+"\n")
	return err
}
