package storage

// CSS makes what [HTML] writes look like a page of Confluence. All its rules
// begin at the class "wiki", so that it can stand in any page.
const CSS = `
.wiki { color: #172b4d; font: 16px/1.6 -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, Ubuntu, "Helvetica Neue", sans-serif; max-width: 60rem; overflow-wrap: break-word; }
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
.wiki a, .wiki .link { color: #0052cc; text-decoration: none; }
.wiki a:hover { text-decoration: underline; }
.wiki a.issue { background: #fff; border-radius: 3px; box-shadow: 0 0 0 1px #dfe1e6; padding: 0 .35em; font-weight: 500; white-space: nowrap; }
.wiki hr { border: 0; border-top: 2px solid #ebecf0; margin: 1.6em 0; }
.wiki blockquote { border-left: 2px solid #dfe1e6; color: #42526e; margin: .8em 0; padding-left: 1em; }
.wiki code { background: #f4f5f7; border-radius: 3px; font: .875em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; padding: .1em .3em; }
.wiki pre { background: #f4f5f7; border-radius: 3px; overflow-x: auto; padding: .8em 1em; }
.wiki pre code { background: none; padding: 0; }
.wiki table { border-collapse: collapse; margin: 1em 0; width: 100%; }
.wiki th, .wiki td { border: 1px solid #c1c7d0; padding: .45em .6em; text-align: left; vertical-align: top; }
.wiki th { background: #f4f5f7; font-weight: 600; }
.wiki th > :first-child, .wiki td > :first-child { margin-top: 0; }
.wiki th > :last-child, .wiki td > :last-child { margin-bottom: 0; }
.wiki .properties th { width: 12rem; }
.wiki .status { background: #dfe1e6; border-radius: 3px; color: #42526e; display: inline-block; font-size: .7rem; font-weight: 700; line-height: 1.35; padding: .1em .4em; text-transform: uppercase; vertical-align: .12em; }
.wiki .status.red { background: #ffebe6; color: #bf2600; }
.wiki .status.yellow { background: #fff0b3; color: #7a4f01; }
.wiki .status.green { background: #e3fcef; color: #006644; }
.wiki .status.blue { background: #deebff; color: #0747a6; }
.wiki .status.purple { background: #eae6ff; color: #403294; }
.wiki time, .wiki .mention { background: #f4f5f7; border-radius: 3px; padding: .05em .35em; white-space: nowrap; }
.wiki .mention { border-radius: 1em; color: #42526e; }
.wiki .placeholder { color: #6b778c; font-style: italic; }
.wiki .macro, .wiki .image { background: #f4f5f7; border-radius: 3px; color: #6b778c; font-size: .875em; padding: .1em .4em; }
.wiki mark { background: #fffae6; border-bottom: 2px solid #ffc400; color: inherit; }
.wiki .panel { background: #f4f5f7; border-radius: 3px; margin: .8em 0; padding: .7em 1em; }
.wiki .panel > :first-child { margin-top: 0; }
.wiki .panel > :last-child { margin-bottom: 0; }
.wiki .panel .title { font-weight: 600; }
.wiki .panel.info { background: #deebff; }
.wiki .panel.tip, .wiki .panel.success { background: #e3fcef; }
.wiki .panel.note { background: #fffae6; }
.wiki .panel.warning, .wiki .panel.error { background: #ffebe6; }
.wiki .expand { border: 1px solid #dfe1e6; border-radius: 4px; margin: .8em 0; padding: .5em 1em; }
.wiki .expand > summary { color: #42526e; cursor: pointer; font-weight: 500; }
.wiki .tasks { margin: .5em 0; }
.wiki .task { align-items: baseline; display: flex; gap: .6em; padding: .15em 0; }
.wiki .task > input { accent-color: #0052cc; flex: none; height: 1em; transform: translateY(.12em); width: 1em; }
.wiki .task > .text, .wiki .decision > .text { flex: 1; min-width: 0; }
.wiki .task .text > p { margin: 0; }
.wiki .task.done > .text { color: #6b778c; }
.wiki .decisions { margin: .6em 0; }
.wiki .decision { align-items: baseline; background: #f4f5f7; border-radius: 3px; display: flex; gap: .6em; margin: .4em 0; min-height: 1.6em; padding: .5em .8em; }
.wiki .decision > .icon { color: #00875a; flex: none; font-size: 0; }
.wiki .decision > .icon::before { content: "\2933"; font-size: 1.1rem; font-weight: 700; }
.wiki .decision.open > .icon, .wiki .decision.empty > .icon { color: #97a0af; }
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
@media (max-width: 40rem) { /* a phone: a table's cells stand below one another, the empty ones not at all */
	.wiki table, .wiki tbody, .wiki tr, .wiki td, .wiki th { display: block; }
	.wiki .properties th { width: auto; }
	.wiki tr:has(> th):not(:has(> td)), .wiki td:not(:has(> :not(p:empty))) { display: none; }
	.wiki td { border-top-width: 0; }
	.wiki tr > :first-child { border-top-width: 1px; }
	.wiki tr { margin: .6em 0; }
}
`
