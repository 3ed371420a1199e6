package storage

// CSS makes what [HTML] writes look like a page of Confluence. All its rules
// begin at the class "wiki", so that it can stand in any page. Its colours are
// those of the reader's scheme, light or dark; the background is the page's own,
// which var(--page) names.
const CSS = `
.wiki {
	--page: #fff; --text: #172b4d; --quiet: #42526e; --muted: #5e6c84; --link: #0052cc; --line: #dfe1e6; --rule: #c1c7d0; --shade: #f4f5f7; --decided: #006644;
	--note: #fffae6; --red: #ffebe6; --red-text: #bf2600; --yellow: #fff0b3; --yellow-text: #7a4f01; --green: #e3fcef; --green-text: #006644;
	--blue: #deebff; --blue-text: #0747a6; --purple: #eae6ff; --purple-text: #403294;
}
.wiki { color: var(--text); font: 16px/1.6 -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, Ubuntu, "Helvetica Neue", sans-serif; max-width: 60rem; overflow-wrap: break-word; }
.wiki > :first-child { margin-top: 0; }
.wiki h1, .wiki h2, .wiki h3, .wiki h4, .wiki h5, .wiki h6 { font-weight: 600; line-height: 1.25; margin: 1.6em 0 .5em; letter-spacing: -.01em; }
.wiki h1 { font-size: 1.6rem; }
.wiki h2 { font-size: 1.3rem; }
.wiki h3 { font-size: 1.1rem; }
.wiki h4, .wiki h5, .wiki h6 { font-size: 1rem; }
.wiki p, .wiki .p { margin: .6em 0; }
.wiki p:empty::after { content: "\00a0"; }
.wiki ul, .wiki ol { margin: .5em 0; padding-left: 1.6em; }
.wiki li > p { margin: .15em 0; }
.wiki a, .wiki .link { color: var(--link); text-decoration: underline; text-decoration-thickness: 1px; text-underline-offset: .15em; }
.wiki a:hover { text-decoration-thickness: 2px; }
.wiki .contents a { text-decoration: none; }
.wiki .contents ul { columns: 20rem 2; list-style: none; padding-left: 0; }
.wiki .contents li { break-inside: avoid; padding: .1em 0 .1em 1em; text-indent: -1em; }
.wiki .picture { border: 1px solid var(--line); border-radius: 4px; display: block; height: auto; margin: .8em 0; max-width: 100%; width: 40rem; }
.wiki a.issue { background: var(--page); text-decoration: none; border-radius: 3px; box-shadow: 0 0 0 1px var(--line); padding: 0 .35em; font-weight: 500; white-space: nowrap; }
.wiki hr { border: 0; border-top: 2px solid var(--line); margin: 1.6em 0; }
.wiki blockquote { border-left: 2px solid var(--line); color: var(--quiet); margin: .8em 0; padding-left: 1em; }
.wiki code { background: var(--shade); border-radius: 3px; font: .875em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; padding: .1em .3em; }
.wiki pre { background: var(--shade); border-radius: 3px; overflow-x: auto; padding: .8em 1em; }
.wiki pre code { background: none; padding: 0; }
.wiki table { border-collapse: collapse; margin: 1em 0; width: 100%; }
.wiki th, .wiki td { border: 1px solid var(--rule); padding: .45em .6em; text-align: left; vertical-align: top; }
.wiki th { background: var(--shade); font-weight: 600; }
.wiki th > :first-child, .wiki td > :first-child { margin-top: 0; }
.wiki th > :last-child, .wiki td > :last-child { margin-bottom: 0; }
.wiki .properties th { width: 12rem; }
.wiki .status { background: var(--line); border-radius: 3px; color: var(--quiet); display: inline-block; font-size: .7rem; font-weight: 700; line-height: 1.35; padding: .1em .4em; text-transform: uppercase; vertical-align: .12em; }
.wiki .status.red { background: var(--red); color: var(--red-text); }
.wiki .status.yellow { background: var(--yellow); color: var(--yellow-text); }
.wiki .status.green { background: var(--green); color: var(--green-text); }
.wiki .status.blue { background: var(--blue); color: var(--blue-text); }
.wiki .status.purple { background: var(--purple); color: var(--purple-text); }
.wiki time, .wiki .mention { background: var(--shade); border-radius: 3px; padding: .05em .35em; white-space: nowrap; }
.wiki .mention { border-radius: 1em; color: var(--quiet); }
.wiki .placeholder { color: var(--muted); font-style: italic; }
.wiki .macro, .wiki .image { background: var(--shade); border-radius: 3px; color: var(--muted); font-size: .875em; padding: .1em .4em; }
.wiki mark { background: var(--note); border-bottom: 2px solid #ffc400; color: inherit; }
.wiki .panel { background: var(--shade); border-radius: 3px; margin: .8em 0; padding: .7em 1em; }
.wiki .panel > :first-child { margin-top: 0; }
.wiki .panel > :last-child { margin-bottom: 0; }
.wiki .panel .title { font-weight: 600; }
.wiki .panel.info { background: var(--blue); }
.wiki .panel.tip, .wiki .panel.success { background: var(--green); }
.wiki .panel.note { background: var(--note); }
.wiki .panel.warning, .wiki .panel.error { background: var(--red); }
.wiki .expand { border: 1px solid var(--line); border-radius: 4px; margin: .8em 0; padding: .5em 1em; }
.wiki .expand > summary { color: var(--quiet); cursor: pointer; font-weight: 500; }
.wiki .tasks { margin: .5em 0; }
.wiki .task { align-items: baseline; display: flex; gap: .6em; padding: .15em 0; }
.wiki .task > input { accent-color: var(--link); flex: none; height: 1.2em; transform: translateY(.2em); width: 1.2em; }
.wiki .task > .text, .wiki .decision > .text { flex: 1; min-width: 0; }
.wiki .task .text > p { margin: 0; }
.wiki .task.done > .text { color: var(--muted); }
.wiki .decisions { margin: .6em 0; }
.wiki .decision { position: relative; align-items: baseline; background: var(--shade); border-radius: 3px; display: flex; gap: .6em; margin: .4em 0; min-height: 1.6em; padding: .5em .8em; }
.wiki .decision > .icon { color: var(--decided); flex: none; font-weight: 700; }
.wiki .decision > .icon::before { content: "\2933"; }
.wiki .decision > .icon > span { clip-path: inset(50%); height: 1px; overflow: hidden; position: absolute; white-space: nowrap; width: 1px; }
.wiki .decision.open > .icon, .wiki .decision.empty > .icon { color: var(--muted); }
.wiki .decision .text > p { margin: 0; }
.wiki .layout { display: grid; gap: 1.5rem; grid-auto-columns: 1fr; }
.wiki .layout > .cell { min-width: 0; }
@media (min-width: 48rem) {
  .wiki .layout.two-equal { grid-template-columns: 1fr 1fr; }
  .wiki .layout.two-left-sidebar { grid-template-columns: 1fr 2fr; }
  .wiki .layout.two-right-sidebar { grid-template-columns: 2fr 1fr; }
  .wiki .layout.three-equal { grid-template-columns: repeat(3, 1fr); }
  .wiki .layout.three-with-sidebars { grid-template-columns: 1fr 2fr 1fr; }
  .wiki .layout.four-equal { grid-template-columns: repeat(4, 1fr); }
  .wiki .layout.five-equal { grid-template-columns: repeat(5, 1fr); }
}
@media (prefers-color-scheme: dark) {
	.wiki {
		--page: #1d2125; --text: #c7d1db; --quiet: #a9b4c0; --muted: #96a3b1; --link: #7bb1ff; --line: #38414a; --rule: #454f59; --shade: #282e33; --decided: #4bce97;
		--note: #4a3d00; --red: #5d1f1a; --red-text: #ffd5d2; --yellow: #533f04; --yellow-text: #f8e6a0; --green: #164b35; --green-text: #baf3db;
		--blue: #0c294d; --blue-text: #cce0ff; --purple: #352c63; --purple-text: #dfd8fd;
	}
}
@media (max-width: 40rem) { /* a phone: a table's cells stand below one another, the empty ones not at all */
	.wiki table, .wiki tbody, .wiki tr, .wiki td, .wiki th { display: block; }
	.wiki .properties table { display: table; }
	.wiki .properties tbody { display: table-row-group; }
	.wiki .properties tr { display: table-row; }
	.wiki .properties th, .wiki .properties td { border-top-width: 1px; display: table-cell; }
	.wiki .properties th { width: 7rem; }
	.wiki tr:has(> th):not(:has(> td)), .wiki td:not(:has(> :not(p:empty))) { display: none; }
	.wiki td { border-top-width: 0; }
	.wiki tr > :first-child { border-top-width: 1px; }
	.wiki tr { margin: .6em 0; }
}
`
