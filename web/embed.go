// Package web holds the workbench for the browser, built, so that one program serves it. It
// guarantees that there is always a page to show: without a build it says what to install.
package web

import (
	"embed"
	"io/fs"
)

// dist/site is what `npm run build` makes; dist/unbuilt is part of the source, so that the program
// compiles on a machine without Node.
//
//go:embed all:dist
var dist embed.FS

// Files are the workbench's, index.html at their root.
func Files() fs.FS {
	if site, err := fs.Sub(dist, "dist/site"); err == nil {
		if _, err := fs.Stat(site, "index.html"); err == nil {
			return site
		}
	}
	unbuilt, err := fs.Sub(dist, "dist/unbuilt")
	if err != nil {
		panic(err) // the name is a constant and well formed
	}
	return unbuilt
}
