// Before anything is drawn: whether the page begins with the login or with "Opening…", which is for
// whoever was in on this phone, comes by a link or reads English. And what was pressed before the app was
// here, for it to carry out (src/door/first.ts). A script of its own, for none may stand in the page.
(function () {
    var page = document.documentElement;
    var known = true;
    try {
        known =
            localStorage.getItem('anju.in') !== null ||
            JSON.parse(localStorage.getItem('anju.settings') || '{}').language === 'en';
    } catch (_) {
        known = false; // a browser that keeps nothing knows nobody
    }
    if (known || /^#\/once\//.test(location.hash)) page.classList.add('opening');
    function wish(event) {
        var at = event.target;
        if (!at || !at.closest || !at.closest('.first-login')) return;
        if (event.type === 'keydown' ? event.key !== 'Enter' : !at.closest('.button')) return;
        page.dataset.wish = at.closest('.quiet') ? 'language' : 'enter';
    }
    addEventListener('click', wish);
    addEventListener('keydown', wish);
})();
