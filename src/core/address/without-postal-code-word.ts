import { foldText } from '#kernel/fold-text'

/** How people call a postal code, in full and in short, without blanks and dots, in the languages of countries that have codes. */
const WORDS = `
cp cpa codigopostal codpostal codepostal cep codigodeenderecamentopostal cap codicepostale codicediavviamentopostale npa
plz postleitzahl zip zipcode postcode postalcode pc pin pincode postnr postnummer postinumero psc postovnismerovacicislo irsz iranyitoszam
kodpocztowy codulpostal postanskibroj postnastevilka postakodu pk kodepos poskod pastaindekss pastokodas sihtnumber mabuuchinh
tk ταχκωδ ταχκωδικας ταχυδρομικοςκωδικας τκ индекс почтовыйиндекс індекс поштовийіндекс пощенскикод пк поштанскиброј
邮编 邮政编码 郵編 郵遞區號 邮递区号 郵便番号 우 우편번호 รหัสไปรษณีย์ الرمزالبريدي کدپستی מיקוד
`
const folded = [...new Set(foldText(WORDS).toUpperCase().trim().split(/\s+/))].sort(
  (a, b) => a.length - b.length,
)

/** What follows the word for "postal code", for each word that a key may begin with: "CP06000" → "06000". */
export const withoutPostalCodeWord = (key: string): string[] =>
  folded.filter((word) => key.startsWith(word)).map((word) => key.slice(word.length))
