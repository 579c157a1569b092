import { accessSync, constants, existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './run.ts'

/** Where wrangler builds the Worker, and where the build puts its pages. */
const placesOf = (configFile: string): string[] => [
  join(dirname(configFile), '.wrangler', 'tmp'),
  join(root, 'src', 'assets', 'docs'),
]

/** Refuses in one sentence a checkout that this user may not write: wrangler would wait for ever. */
export function assertWritableCheckout(configFile: string): void {
  for (const place of placesOf(configFile)) {
    const there = nearest(place)
    try {
      accessSync(there, constants.W_OK | constants.X_OK)
    } catch {
      throw new Error(
        `This user may not write into ${there}, where wrangler builds: run npm start as the owner of that folder, or in a clone of your own`,
      )
    }
  }
}

/** The place, or the folder in which it would be made. */
const nearest = (place: string): string => (existsSync(place) ? place : nearest(dirname(place)))
