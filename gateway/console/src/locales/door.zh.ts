// 登录之前的文字，先于其余部分送到；其余见 zh.ts。
export default {
  app: { name: '安居', claim: '居家安全 · 探访关爱', skip: '跳到正文', menu: '菜单', otherLanguage: 'English', zh: '中文', en: 'English' },
  login: {
    title: '登录', name: '用户名', password: '密码', enter: '进入', wrong: '用户名或密码不对', wait: '试得太多了，请等 {span}再试',
    ended: '登录已过期，请重新登录，之后回到刚才的页面', over: '已退出登录', overSays: '这块屏幕不再收到警情。请重新登录。', forgot: '忘了密码：请找社区负责人或运维重置，您会收到一个新链接。',
  },
  setup: { title: '首次使用', says: '这台网关还没有账号。请在网关上运行 anjuctl console setup-code 查看开通码，并设置第一个管理账号。', code: '开通码', begin: '建立账号' },
  once: { title: '一次性登录', says: '此链接只能用一次。', over: '此链接已用过或已过期，请再要一个。' },
  password: {
    title: '修改密码', old: '现在的密码', fresh: '新密码（至少 {count} 个字符）', again: '再输一次', save: '保存新密码', changed: '密码已修改',
    short: '至少要 {count} 个字符', asName: '密码不能与用户名相同', differ: '两次输入不一样', first: '请先设置自己的密码。',
  },
  failure: { unreachable: '连不上网关，请检查网络', refused: '网关拒绝了（{status}）', retry: '再试一次' },
};
