type Language = {
  readonly firsts: string
  /** Common last names, and the parts of rarer ones: each of the first list before each of the second, before each of the third. */
  readonly lasts: string
  readonly parts: readonly [string, string, string]
}

const languages: readonly Language[] = [
  {
    firsts:
      'James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan Joseph Jessica Thomas Sarah Charles Karen Christopher Lisa Daniel Nancy Matthew Betty Anthony Sandra Mark Ashley Steven Kimberly Paul Emily Andrew Donna Joshua Michelle Kenneth Carol Kevin Amanda Brian Melissa George Deborah',
    lasts:
      "Smith Johnson Williams Brown Jones Miller Davis Wilson Anderson Taylor Moore Jackson Martin Thompson White Harris Clark Lewis Robinson Walker Young Allen King Wright Scott O'Connor McDonald Nelson Carter Mitchell Roberts",
    parts: [
      'Hart Wald Ash Black Green Win Stan Bright Kirk Lang Thorn Whit El Fair',
      'ing en er le a o',
      'ton ford ley worth well field man wood by ham son stone',
    ],
  },
  {
    firsts:
      'Maria Anna Ursula Monika Petra Sabine Renate Helga Karin Brigitte Peter Wolfgang Michael Werner Klaus Thomas Manfred Helmut Jürgen Heinz Jörg Björn Käthe Anna-Lena Hans-Peter Karl-Heinz Lukas Leon Jonas Finn Emma Mia Hannah Sophia',
    lasts:
      'Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange',
    parts: [
      'Schö Stein Grün Wei Lind Ho Kra Bru Fei Rei Brei Ober Nie',
      'n l ber ss tz ck nd mm',
      'mann er bach berg hofer inger ke meier hauser',
    ],
  },
  {
    firsts:
      'Antonio María José Manuel Francisco Carmen Juan Ana Isabel Javier Laura Carlos Cristina Miguel Marta Ángel Lucía Pilar Luis Elena Jorge Raquel Rafael Rosa Pedro Sara',
    lasts:
      'García González Rodríguez Fernández López Martínez Sánchez Pérez Gómez Martín Jiménez Ruiz Hernández Díaz Moreno Muñoz Álvarez Romero Alonso Gutiérrez Navarro Torres',
    parts: [
      'Cas Mon Vill Bel Cam San Val Al Ol Pal Mor',
      't al ar er il on',
      'illo ero eda ares ano ez osa uela ín',
    ],
  },
  {
    firsts:
      'Marie Jean Pierre Michel Nathalie Philippe Isabelle Alain Sylvie Patrick Catherine Nicolas Martine Christophe Christine Françoise Laurent Valérie Jean-Luc Éric Hélène Zoé Chloé Théo',
    lasts:
      'Martin Bernard Thomas Petit Robert Richard Durand Dubois Moreau Laurent Simon Michel Lefebvre Leroy Roux David Bertrand Morel Fournier Girard Bonnet Dupont Lambert Fontaine Rousseau',
    parts: [
      'Beau Cha Mon Gau Ber Lac Ver Cou Del',
      'tr m l ch d v',
      'ier eau and aud ette ois in eux',
    ],
  },
  {
    firsts:
      'Piotr Anna Krzysztof Maria Andrzej Katarzyna Tomasz Małgorzata Paweł Agnieszka Jan Barbara Michał Ewa Marcin Krystyna Łukasz Elżbieta Zdzisław Wojciech',
    lasts:
      'Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski Kozłowski Jankowski Mazur Wojciechowski Kwiatkowski Krawczyk',
    parts: [
      'Mal Wit Bar Gra Pie Sza Rut Cze Lis',
      'in cz br sz ow k',
      'owski ewicz ak czyk icki ański',
    ],
  },
  {
    firsts:
      'Александр Елена Сергей Ольга Дмитрий Наталья Андрей Анна Алексей Татьяна Максим Ирина Евгений Мария Иван Светлана Михаил Екатерина',
    lasts:
      'Иванов Смирнова Кузнецов Попова Васильев Петрова Соколов Михайлова Новиков Фёдорова Морозов Волкова Алексеев Лебедева',
    parts: ['Бел Кар Мак Тар Сав Гор Дем Кор Руд', 'ош ев ин ан ем', 'ов ова ин ский енко ук'],
  },
  {
    firsts:
      'Γιώργος Μαρία Δημήτρης Ελένη Κώστας Κατερίνα Νίκος Βασιλική Γιάννης Σοφία Παναγιώτης Αγγελική',
    lasts:
      'Παπαδόπουλος Βλάχος Αγγελόπουλος Νικολαΐδης Γεωργίου Πετρίδης Αθανασίου Δημητρίου Καραγιάννης',
    parts: [
      'Παπα Καρα Μαυρο Χατζη Θεο',
      'δημ γιανν κωστ νικολ στεφαν',
      'όπουλος ίδης άκης έας ίου',
    ],
  },
  {
    firsts:
      'محمد أحمد فاطمة علي عائشة عمر خديجة حسن زينب يوسف مريم إبراهيم سارة خالد ليلى عبدالله نور سليمان',
    lasts:
      'الحسيني العلي المصري الشامي الحداد النجار الخطيب السيد الأحمد المنصوري القحطاني الزهراني العتيبي الغامدي',
    parts: ['ال', 'ح س م ع ن ق ر ش', 'داني مودي راوي كيري بيبي ليمي ضاوي فاري'],
  },
  {
    firsts: 'דוד שרה משה רחל יוסף לאה אברהם מרים יעקב חנה דניאל אסתר',
    lasts: 'כהן לוי מזרחי פרץ ביטון דהן אברהם פרידמן רוזנברג גולדשטיין שפירא וייס',
    parts: ['רוזנ גולד פריד שטיינ ברג', 'ב מ ה פ', 'רג לום אן שטיין מן'],
  },
  {
    firsts: 'प्रिया राहुल अंजलि अमित पूजा विजय सुनीता राजेश नेहा संजय कविता मनोज',
    lasts: 'शर्मा वर्मा गुप्ता सिंह कुमार पटेल चतुर्वेदी त्रिपाठी अग्रवाल श्रीवास्तव मिश्रा यादव',
    parts: ['चतु भट्ट राज मल्हो देश', 'र ना पा मु', 'कर वाल वेदी त्रा पुरी'],
  },
  {
    firsts: '小明 建国 秀英 伟 芳 娜 敏 静 丽华 志强 晓东 雪梅',
    lasts: '王 李 张 刘 陈 杨 赵 黄 周 吴 欧阳 司马',
    parts: ['诸 上 东 司 夏 皇', '葛 官 方 徒 侯 甫', '氏'],
  },
  {
    firsts: 'はなこ たろう さくら ゆうき みさき けんた あおい だいすけ',
    lasts: 'さとう すずき たかはし たなか いとう わたなべ やまもと なかむら こばやし',
    parts: ['やま なか たか いし まつ', 'もと むら ばた かわ', 'だ の み'],
  },
  {
    firsts: '민수 지영 서연 현우 지훈 수진 은정 동현',
    lasts: '김 이 박 최 정 강 남궁 황보',
    parts: ['선 제 독 사 동', '우 갈 고 공 방', '씨'],
  },
  {
    firsts: 'สมชาย สมหญิง ประเสริฐ วันดี กิตติ มาลี สุรชัย อรทัย',
    lasts: 'ใจดีมาก แสงทอง ศรีสุข บุญมี ทองคำดี วงศ์สวัสดิ์ รัตนพงษ์',
    parts: ['วงศ์ รัตน ศรี บุญ ทอง', 'พงษ์ วิชัย สุวรรณ มงคล', 'กุล ชัย ศิริ'],
  },
]

const split = (text: string): string[] => text.split(' ')

/** First names and last names of a language, the common ones first. */
export const nameLists = languages.map(({ firsts, lasts, parts }) => {
  const [starts, middles, ends] = parts.map(split) as [string[], string[], string[]]
  const twice = middles.flatMap((one) => middles.map((other) => `${one}${other}`))
  const rare = ends.flatMap((end) =>
    [...middles, ...twice].flatMap((middle) => starts.map((start) => `${start}${middle}${end}`)),
  )
  return { firsts: split(firsts), lasts: [...split(lasts), ...rare] }
})
