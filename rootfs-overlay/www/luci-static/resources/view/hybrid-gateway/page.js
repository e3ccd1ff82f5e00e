'use strict';
'require view';
'require uci';

// The gateway has a page of its own, with a password of its own: LuCI leads there.
return view.extend({
	handleSave: null,
	handleSaveApply: null,
	handleReset: null,

	load: () => uci.load('hybrid-gateway'),

	render: () => {
		const web = uci.sections('hybrid-gateway', 'web').find((section) => section.enabled !== '0');
		if (!web) {
			return E('p', _('The page is switched off: /etc/config/hybrid-gateway has no section "web".'));
		}
		const listen = [].concat(web.listen || [])[0] || '';
		const port = (/:([0-9]+)$/.exec(listen) || [])[1] || '8480';
		const address = (web.tls === '1' ? 'https' : 'http') + '://' + window.location.hostname + ':' + port + '/';
		return E('p', [_('hybrid-gateway has a page of its own:'), ' ', E('a', { href: address }, address)]);
	},
});
