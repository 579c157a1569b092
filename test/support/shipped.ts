import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, stringify } from 'smol-toml'
import { root } from '../../dev/run.ts'

/** The variables that the tests run with: whatever tenants a shop writes into its `wrangler.toml`, the tests have these. */
const demoVars = readFileSync(join(import.meta.dirname, 'demo.toml'), 'utf8')

/** They as the Worker gets them. */
export const demoBindings = Object(parse(demoVars).vars)

/** `wrangler.toml` before a shop wrote its own addresses, tenants and environments into it. */
export const shippedText = `${stringify(ownParts())}\n${demoVars}`

/** The same for a file that lies in another folder. */
export const shippedElsewhere = (): string => {
  const { main, build, assets, ...others } = ownParts()
  const moved = {
    ...others,
    main: join(root, String(main)),
    build: { ...Object(build), cwd: root },
    assets: { ...Object(assets), directory: join(root, String(Object(assets).directory)) },
  }
  return `${stringify(moved)}\n${demoVars}`
}

function ownParts() {
  const {
    routes: _,
    route: __,
    vars: ___,
    env: ____,
    ...parts
  } = parse(readFileSync(join(root, 'wrangler.toml'), 'utf8'))
  return parts
}
