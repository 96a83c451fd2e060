// In an editor's preview only: mark links whose words say nothing by themselves, for the checks panel to name.
const EMPTY_WORDS = new Set([
  'click here', 'here', 'this', 'this link', 'link', 'more', 'read more', 'see more', 'learn more', 'details',
  '按此', '按這裡', '這裡', '此處', '點擊這裡', '更多', '詳情', '連結', '按此查看',
  '点击这里', '这里', '此处', '点此', '点击', '更多', '详情', '链接', '点击查看',
]);

for (const link of document.querySelectorAll('main a[href]')) {
  const words = link.textContent.trim().replace(/[\s.,:;…>»。，：；]+$/u, '').toLowerCase();
  if (EMPTY_WORDS.has(words) || /^https?:\/\//.test(words)) link.dataset.saysNothing = '';
}
