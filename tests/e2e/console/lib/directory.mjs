// Two communities of one street each: who works there, who lives there, which sensors they have.

/** The name of whoever lives in home 666, where there is one. */
export const hostile = '<img src=x onerror="window.hacked=1">';

export const people = {
  worker: { id: 'W1', name: '陈静' },
  second: { id: 'W2', name: '刘洋' },
  lead: { id: 'L1', name: '周敏' },
  spare: { id: 'W4', name: '孙莉' },
  elsewhere: { id: 'W3', name: '赵强' },
};

/** Home `number`, from 1 on; those from 901 on are of the other community. */
export function home(number) {
  const families = [...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗'];
  const given = ['秀兰', '建国', '桂芳', '德明', '淑珍', '国强', '玉梅'];
  const name = number === 666 ? hostile
    : families[number % families.length] + given[number % given.length];
  return {
    number, id: `H${number}`, resident: `R${number}`, name,
    community: number > 900 ? 'C2' : 'C1',
    address: `人和街道 ${number} 号 2-3`, phone: `0236700${String(number).padStart(4, '0')}`,
    smoke: `H${number}-smoke`, topic: `zigbee2mqtt/kitchen${number}`,
  };
}

/** Where a home that is lived in has motion sensors; the simulator's names. */
export const rooms = [['living', '客厅'], ['bathroom', '卫生间'], ['bedroom', '卧室']];

const worker = ({ id, name }, more = '') =>
  `[[community.worker]]\nid = "${id}"\nname = "${name}"\nphone = "1380000${id.charCodeAt(0)}${id[1]}1"\n${more}`;

const nativeButton = ({ id }) => `
[[household.device]]
id = "${id}-sos"
kind = "sos"
label = "床头呼叫按钮"
driver = "native"
`;

function household(one, lived) {
  const device = (id, kind, address, label) =>
    `[[household.device]]\nid = "${id}"\nkind = "${kind}"\nlabel = "${label}"\n`
    + `driver = "zigbee2mqtt"\naddress = "${address}"\n`;
  return `
[[household]]
id = "${one.id}"
community = "${one.community}"
address = "${one.address}"
[[household.resident]]
id = "${one.resident}"
name = '${one.name}'
phone = "${one.phone}"
care = { worker = "${one.community === 'C1' ? 'W1' : 'W3'}" }
contact = [{ name = "李梅", phone = "13900000003", relation = "女儿" }]
${device(one.smoke, 'smoke', `kitchen${one.number}`, '厨房烟感')}${
  device(`${one.id}-door`, 'door', `door${one.number}`, '入户门')}${
  lived ? [...rooms.map(([room, label]) => device(`${one.id}-${room}`, 'motion', `${room}${one.number}`, label)),
    device(`${one.id}-sos`, 'sos', `sos${one.number}`, '床头呼叫按钮')].join('') : nativeButton(one)}`;
}

function numbersOf({ here = 6, there = 2, more = [] }) {
  const numbers = [...Array(here).keys()].map((n) => n + 1).concat(more);
  for (let n = 0; n < there; n += 1) numbers.push(901 + n);
  return numbers;
}

/** The homes alone, before a community looks after them. */
export const homesOnly = (wanted) =>
  numbersOf(wanted).map((n) => household(home(n), wanted.lived).replace(/^care = .*$/m, '')).join('');

/** The directory file: `here` homes of C1, from 1 on, and `there` homes of C2, from 901 on;
 *  `more` are the numbers of others. `spare`: C1 has a worker whom no account stands for. `lived`: the
 *  homes have motion sensors too. */
export function directory(wanted = {}) {
  const { spare = false, lived = false } = wanted;
  return `[[community]]
id = "C1"
name = "金开社区"
street = "人和街道"
district = "两江新区"
care = { worker_residents_cap = 200 }
${worker(people.worker)}${worker(people.second)}${worker(people.lead, 'role = "community_lead"\n')}${
  spare ? worker(people.spare) : ''}
[[community]]
id = "C2"
name = "湖霞社区"
street = "鸳鸯街道"
district = "两江新区"
${worker(people.elsewhere)}
${numbersOf(wanted).map((n) => household(home(n), lived)).join('')}`;
}
