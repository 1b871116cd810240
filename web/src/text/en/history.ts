// The versions of a policy, the way back to one, and what a switch withdraws.
export const history = {
  'versions.title': 'History',
  'versions.lead': 'Every version of this policy. Returning to one makes a new version.',
  'versions.none': 'Nothing has been switched here yet',
  'versions.noneHelp': 'Each change will be kept: who made it, when and why.',
  'versions.first': 'As it was before the first change',
  'versions.known': 'The first version that is known',
  'versions.same': 'Saved without a change',
  'versions.current': 'in force',
  'versions.by': 'Version {version} · {who}',
  'versions.return': 'Return to this',
  'versions.returnTo': 'Return to version {version} of {name}',
  'versions.changes': 'This changes:',
  'versions.nothing': 'This version says what is in force already. Nothing changes.',
  'versions.toAuto':
    'As with any switch, answers are sent by themselves only with a certificate that holds. Until there is one, Auto acts as Suggest.',
  'versions.fromAuto':
    'It takes effect at once: automatic replies that have not been sent are withdrawn.',
  'versions.reason': 'Why',
  'versions.returned': '{name}: back to version {version}',

  'recall.withdrawn': {
    one: '{n} reply waiting to be sent was withdrawn',
    other: '{n} replies waiting to be sent were withdrawn',
  },
  'recall.left': {
    one: '{n} was being sent at that moment, and left',
    other: '{n} were being sent at that moment, and left',
  },
  'recall.unrecalled': {
    one: '{n} could not be recalled, because it was still being sent after ten seconds',
    other: '{n} could not be recalled, because they were still being sent after ten seconds',
  },
  'recall.withdrawnThen': 'Their tickets are with your agents now.',
  'recall.title': 'Switched off',
  'recall.hide': 'Hide',
  'recall.message': 'Withdrawn before it was sent: {why}',
} as const;
