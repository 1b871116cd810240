// Words of the control room: the table, the what-if curve, the stack, the replay.
export const room = {
  'room.resume': 'Paused since {when}: look at it, then resume',
  'room.look_closer': 'Reviews so far lie below the promise: look closer',
  'room.turn_on': {
    one: 'Certified at {target}: would answer {n} a month',
    other: 'Certified at {target}: would answer {n} a month',
  },
  'room.widen': {
    one: 'Keeps its promise: on for everyone it would answer {n} more a month',
    other: 'Keeps its promise: on for everyone it would answer {n} more a month',
  },
  'room.shadow': {
    one: 'Run in shadow to prove it: likely to answer {n} a month at {target}',
    other: 'Run in shadow to prove it: likely to answer {n} a month at {target}',
  },
  'room.collect': {
    one: 'Collect {n} more answered ticket',
    other: 'Collect {n} more answered tickets',
  },
  'room.keep': {
    one: 'Keeps its promise, with about {n} answer a month',
    other: 'Keeps its promise, with about {n} answers a month',
  },
  'room.leave': 'Answers are confused too often for {target}',
  'room.quiet': 'No ticket in 30 days',

  'room.tickets': 'Tickets',
  'room.ticketsHelp': 'Of the last 30 days, like the other numbers. The line shows eight weeks.',
  'room.trend': '{name}: tickets a week, {values}',
  'room.coverage': 'Coverage',
  'room.coverageHelp':
    'Share of tickets above the threshold. Grey: not measured yet, but to be expected from past tickets.',
  'room.expected': 'expected, from {n}',
  'room.precision': 'Right answers',
  'room.precisionHelp':
    'Promised, and measured by blind reviews of a random sample of what was sent, with the 95% interval. Reviews picked because the learner was unsure do not count here.',
  'room.promised': '{target} promised',
  'room.aimed': '{target} aimed at',
  'room.measured': '{rate} of {n}; {low}–{high}',
  'room.noReviews': 'no reviews yet',
  'room.csat': 'CSAT',
  'room.csatHelp': 'Good ratings among those given: of automatic answers, then of people’s.',
  'room.against': '{automatic} / {people}',
  'room.counts': '{a} and {b} ratings',
  'room.reopened': 'Reopened',
  'room.reopenedHelp': 'Share reopened: of automatic answers, then of people’s.',
  'room.reopenedCounts': 'of {a} and {b}',
  'room.hours': 'Hours saved',
  'room.hoursHelp':
    'Assumed: an agent needs {ticket} min for a ticket and {mistake} min to mend a wrong answer. From confirmed answers alone to those plus the silent ones.',
  'room.assumed':
    'Hours rest on an assumption: {ticket} min of an agent’s time for a ticket, {mistake} min for a wrong answer.',
  'room.hoursOf': '{hours} h',
  'room.guardrail': 'Guardrail',
  'room.guardrail.off': '–',
  'room.guardrail.uncertified': 'nothing proved',
  'room.guardrail.watching': 'watching',
  'room.guardrail.paused': 'paused',
  'room.partOf': 'part of {name}',

  'whatIf.title': 'What if',
  'whatIf.lead': 'Drag the target and see what would be answered, from your own past tickets.',
  'whatIf.target': 'Target: right answers',
  'whatIf.none': 'No past tickets to draw a curve from',
  'whatIf.noneHelp':
    'It needs tickets that agents answered, and a model that was trained on others. Import a history and train.',
  'whatIf.coverage': 'Answered',
  'whatIf.right': 'Right among them',
  'whatIf.month': 'Tickets a month',
  'whatIf.monthOf': 'about {n} of {month}',
  'whatIf.hours': 'Hours saved a month',
  'whatIf.wrong': 'Wrong answers a month',
  'whatIf.wrongOf': 'about {n}',
  'whatIf.threshold': 'Threshold',
  'whatIf.unreached': 'No threshold kept {target} on these tickets. Only rules would answer.',
  'whatIf.basis': {
    one: 'From {n} ticket of {from} to {to} that neither trained the model nor is kept to prove it; on for everybody.',
    other:
      'From {n} tickets of {from} to {to} that neither trained the model nor are kept to prove it; on for everybody.',
  },
  'whatIf.expectation':
    'The curve is an expectation, and picks the luckiest threshold; the certificate is a proof. The never-list, hours and questions unlike any before keep a little back.',
  'whatIf.certified':
    'The certificate’s threshold is {threshold}: on these tickets, which did not prove it, it answers {coverage} and is right in {right}.',
  'whatIf.uncertified': 'There is no certificate yet.',
  'whatIf.curve':
    'Share answered and share right by threshold. At {threshold}: {coverage} answered, {right} right.',
  'whatIf.certificateMark': 'certificate',

  'examples.title': 'Tickets beside the threshold of {threshold}',
  'examples.above': 'Just above: would be answered',
  'examples.below': 'Just below: left to an agent',
  'examples.none': 'None',
  'examples.right': 'right',
  'examples.wrong': 'wrong',
  'examples.instead': '{sent}; right was {right}',
  'examples.nothing': 'no answer',

  'stack.title': 'The stack',
  'stack.lead':
    'Who is asked, in order, over the last 30 days. Silence is never counted as success.',
  'stack.empty': 'No tickets in the last 30 days',
  'stack.never': 'Never-list',
  'stack.neverOf': { one: '{n} ticket kept for people', other: '{n} tickets kept for people' },
  'stack.open': { one: '{n} ticket waits for an answer', other: '{n} tickets wait for an answer' },
  'stack.responder': 'Responder',
  'stack.taken': 'Answered first',
  'stack.takenOf': '{n} of {all}',
  'stack.handedOn': 'Handed on',
  'stack.resolution': 'Confirmed, silent, failed',
  'stack.resolutionHelp':
    'Confirmed: the customer said so or rated it good. Silent: no word within the window. Failed: reopened, or rated bad.',
  'stack.resolutionOf':
    '{confirmed} confirmed, {silent} silent, {failed} failed, {undecided} too early to say',
  'stack.csat': 'CSAT',
  'stack.csatHelp':
    'Good ratings among those given; then the bounds if everybody who was asked and did not answer were unhappy, or happy.',
  'stack.csatBounds': '{low}–{high} with the silent',
  'stack.reply': 'First reply',
  'stack.time': 'Agents’ time',
  'stack.timeHelp': 'Assumed: {ticket} min for a ticket.',

  'switch.label': 'Answer {name} by itself',
  'switch.on': 'On',
  'switch.off': 'Off',
  'switch.held': 'On, but nothing is sent: {why}.',
  'switch.hint.on': 'Switching off takes effect at once.',
  'switch.hint.off': 'Switching on shows first what will happen.',
  'switch.ready': 'Not on yet. See below what will happen, then press the button.',

  'turnOn.title': 'What will happen',
  'turnOn.answers': {
    one: 'About {n} answer a month is sent by itself, of {month} tickets.',
    other: 'About {n} answers a month are sent by themselves, of {month} tickets.',
  },
  'turnOn.answersOnce': {
    one: 'Once it is certified, about {n} answer a month, of {month} tickets.',
    other: 'Once it is certified, about {n} answers a month, of {month} tickets.',
  },
  'turnOn.wrong':
    'About {n} of them will be wrong ({low}–{high}, by {seen} past tickets). Reviews look for them.',
  'turnOn.who':
    'For {rollout} of requesters, always the same ones. {holdout} are kept aside and {blind} answered without suggestions, to compare.',
  'turnOn.certificate': 'Certified: with {confidence} confidence at least {target} right.',
  'turnOn.missing':
    'Not certified for {target}: until it is, nothing is sent and agents see suggestions.',
  'turnOn.unknown': 'How many cannot be said: there are no past tickets to measure by.',
  'turnOn.nothing': 'At {target} no threshold held on past tickets: only rules would answer.',

  'replay.title': 'Replay of {name}',
  'replay.open': 'Replay past weeks',
  'replay.lead':
    'Past tickets as if this policy had been on for everybody, with today’s never-list, rules, texts and hours. Wrong answers first.',
  'replay.weeks': { one: 'last {n} week', other: 'last {n} weeks' },
  'replay.everything': 'everything',
  'replay.period': 'Period',
  'replay.show': 'Show',
  'replay.all': 'All',
  'replay.wrong': 'Wrong',
  'replay.right': 'Right',
  'replay.unanswered': 'Not answered',
  'replay.precision': 'Right among the answered',
  'replay.coverage': 'Answered',
  'replay.basis.certificate': 'Threshold {threshold}, from the certificate for {target}.',
  'replay.basis.history':
    'Threshold {threshold}: the loosest that kept {target} on these very tickets, so it looks a little better than it would be. Nothing is certified.',
  'replay.basis.nothing': 'No threshold kept {target} on past tickets: only rules would answer.',
  'replay.rests':
    'It rests on {stored} tickets that neither trained the model nor are kept to prove it, and {live} that came since and were answered without a suggestion.',
  'replay.none': 'No tickets to replay in this period',
  'replay.noneNewest': 'The newest that can be replayed came on {when}. Choose a longer period.',
  'replay.noneEver':
    'A replay needs tickets that agents answered without a suggestion, and a model that did not learn from them.',
  'replay.sent': 'would have sent “{answer}”',
  'replay.was': 'right was “{answer}”',
  'replay.wasNothing': 'no answer fitted',
  'replay.live': 'live',
} as const;
