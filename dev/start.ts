import './fast-module-loading.ts'

const ending = new AbortController()
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => ending.abort())

// npm that is killed cannot hand its signal on.
const npm = process.ppid
if (process.env.npm_lifecycle_event) {
  setInterval(() => process.ppid === npm || ending.abort(), 250).unref()
}

const { runServiceUntilStopped } = await import('./run-service.ts')
const code = await runServiceUntilStopped({
  args: process.argv.slice(2),
  env: process.env,
  print: (text) => console.log(text),
  complain: (text) => console.error(text),
  signal: ending.signal,
})
process.exit(code)
