import { foldText } from '#kernel/fold-text'

/** A state's code or name without case, accents, spaces and punctuation. */
export const stateKey = (written: string): string =>
  foldText(written.toUpperCase()).replace(OTHERS, '')

const OTHERS = /[^\p{L}\p{M}\p{N}]/gu
const WORDS = /[^\p{L}\p{M}\p{N}]+/u

/** Words that say what kind of a state it is, in the form of keys: "Provincia di Milano", "Saitama-ken", "Kanton Zürich". */
const KINDS = new Set(
  `province provincia provincie provinz provinsi provins state states estado stato county co comitatul judet judetul zupanija megye
  varmegye region regione regiao region's departamento department departement district distrito distrikt governorate muhafazat muhafaza
  prefecture prefectura periferia ken fu to do sheng shi zizhiqu oblast oblysy oblys voblasts voblast край krai kray область обл
  вобласць республика respublika republic of de da del della dell di du des d the canton kanton cantone kraj voivodeship wojewodztwo
  lan fylke maakunta municipality ili il tinh thanh pho tp changwat wilaya wilayah emirate imarat parish administrative okrug округ
  autonomous autonoma autonomo comunidad community comunitat община област городско г город gorod city
  περιφερεια metropolis freistaat free dki м
  prov pcia edo dept dpto depto pref and und et y`
    .split(/\s+/)
    .filter(Boolean),
)
const SUFFIX =
  /(.{2,}?)(?:特別行政區|特别行政区|[壮回]族自治[区區]|[维維]吾[尔爾]自治[区區]|自治[区區]|省|市|都|府|県|縣|특별자치도|특별자치시|특별시|광역시|도)$/u

/** The key of a state without generic words such as "province", "région" or "省". */
export function stateKeyWithoutKind(written: string): string {
  const words = foldText(written.toUpperCase()).split(WORDS).filter(Boolean)
  const bare = words.filter((word) => !KINDS.has(word)).join('')
  return (bare || words.join('')).replace(SUFFIX, '$1')
}
