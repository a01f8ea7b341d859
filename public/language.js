// The language that this page speaks: what the person chose here, else what their browser asks for. It is set before anything is
// drawn, and again when an app says carryout:language (a language's code). The shell's own few words are here too.

const KEPT = 'carryout-language';

const WORDS = {
  en: {
    hungry: 'What are you hungry for?',
    main: 'Main',
    stopped: 'This part stopped working',
    kept: 'What was saved on this device is kept.',
    again: 'Try again',
    ready: 'An update is ready.',
    updated: 'Carryout was updated in another tab.',
    update: 'Update',
  },
  de: {
    hungry: 'Worauf hast du Hunger?',
    main: 'Hauptmenü',
    stopped: 'Dieser Teil funktioniert nicht mehr',
    kept: 'Was auf diesem Gerät gespeichert wurde, ist noch da.',
    again: 'Noch einmal versuchen',
    ready: 'Eine Aktualisierung ist bereit.',
    updated: 'Carryout wurde in einem anderen Tab aktualisiert.',
    update: 'Aktualisieren',
  },
  es: {
    hungry: '¿Qué te apetece?',
    main: 'Principal',
    stopped: 'Esta parte ha dejado de funcionar',
    kept: 'Lo guardado en este dispositivo se conserva.',
    again: 'Intentar de nuevo',
    ready: 'Hay una actualización lista.',
    updated: 'Carryout se actualizó en otra pestaña.',
    update: 'Actualizar',
  },
  ar: {
    hungry: 'ماذا تشتهي؟',
    main: 'القائمة الرئيسية',
    stopped: 'توقف هذا الجزء عن العمل',
    kept: 'ما حُفظ على هذا الجهاز باقٍ.',
    again: 'أعد المحاولة',
    ready: 'هناك تحديث جاهز.',
    updated: 'حُدِّث Carryout في علامة تبويب أخرى.',
    update: 'تحديث',
  },
};

let spoken = 'en';

/** What the shell says, by a key of the table above; or one of a label's languages. */
export const say = (what) => what[spoken] ?? WORDS[spoken][what];

function chosen() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null; // this browser keeps nothing
  }
}

function speak(language) {
  spoken = language;
  document.documentElement.lang = language;
  document.documentElement.dir = language === 'ar' ? 'rtl' : 'ltr';
  document.getElementById('nav').ariaLabel = say('main');
}

const asked = [chosen(), ...navigator.languages].map((tag) => tag?.split('-')[0]);
speak(asked.find((code) => Object.hasOwn(WORDS, code ?? '')) ?? 'en');

addEventListener('carryout:language', ({ detail }) => {
  if (!Object.hasOwn(WORDS, detail)) return;
  speak(detail);
  try {
    localStorage.setItem(KEPT, detail);
  } catch {} // until this page goes
});
