// A control is disabled while what it started is under way, and a browser then takes the focus
// away: whoever works by keyboard would have to begin anew. Here it is given back.
import { useEffect } from 'react';

const isDisabled = (element: EventTarget | null) =>
  element instanceof HTMLElement && element.matches(':disabled');

export function useKeepFocus() {
  useEffect(() => {
    let lost: EventTarget | null = null;
    const come = (event: FocusEvent) => {
      lost = event.target;
    };
    // Leaving on purpose is not losing.
    const go = (event: FocusEvent) => {
      if (!isDisabled(event.target)) lost = null;
    };
    const giveBack = () => {
      if (document.activeElement !== document.body) return;
      if (lost instanceof HTMLElement && lost.isConnected && !isDisabled(lost)) lost.focus();
    };
    const observer = new MutationObserver(giveBack);
    observer.observe(document.body, { subtree: true, attributeFilter: ['disabled'] });
    document.addEventListener('focusin', come);
    document.addEventListener('focusout', go);
    return () => {
      observer.disconnect();
      document.removeEventListener('focusin', come);
      document.removeEventListener('focusout', go);
    };
  }, []);
}
