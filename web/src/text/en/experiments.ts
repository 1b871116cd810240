// Words of the experiments' pages.
export const experiments = {
  'experiments.title': 'Experiments',
  'experiments.lead':
    'Two policies, models, wordings or orders at the same time, half of the requesters each. The intervals hold however often you look.',
  'experiments.new': 'New experiment',
  'experiments.none': 'No experiments yet',
  'experiments.noneHelp':
    'Compare two versions of a policy, two models, two wordings of an answer, or who is asked first. Deskwise says in words which is better, and when it would know.',
  'experiments.counted': { one: '{n} requester counted', other: '{n} requesters counted' },
  'experiments.missing': 'There is no such experiment',

  'experiment.kind.policy': 'Policies',
  'experiment.kind.model': 'Models',
  'experiment.kind.wording': 'Wording',
  'experiment.kind.order': 'Order',
  'experiment.state.draft': 'Not started',
  'experiment.state.running': 'Running',
  'experiment.state.ended': 'Ended',
  'experiment.everywhere': 'All categories',
  'experiment.same': 'Both sides are the same: a test of the tooling itself',

  'experiment.side': 'Side {side}',
  'experiment.a': 'A',
  'experiment.b': 'B',
  'experiment.policySide': 'Version {version}',
  'experiment.modelSide': 'Model {version}',
  'experiment.rules_first': 'Rules, then the learner',
  'experiment.learner_first': 'The learner, then rules',
  'experiment.presentText': 'The present text',
  'experiment.newText': 'The new text',

  'experiment.compare': 'Compare',
  'experiment.name': 'Name',
  'experiment.nameHint': 'Such as “Shorter answer about cards”',
  'experiment.category': 'Category',
  'experiment.pickCategory': 'Choose a category',
  'experiment.answer': 'Answer',
  'experiment.pickAnswer': 'Search for an answer',
  'experiment.text': 'Text',
  'experiment.mainText': 'Main text',
  'experiment.sides': 'The two sides',
  'experiment.sidesHelp':
    'Side A is what you compare with, usually what is in force. The same on both sides tests the tooling itself.',
  'experiment.policyHelp':
    'A side never does more than the category’s switch: to compare suggesting with answering, switch to auto first. To answer by itself each side needs a certificate for its own target.',
  'experiment.modelHelp':
    'Both models must still be kept, and each needs a certificate of its own to answer by itself. While the experiment runs no new model comes into use by itself.',
  'experiment.wordingHelp':
    'Automatic answers alone, wherever this text would be sent. The certificate rests on the answer being the right one, so both texts must say the same thing; B is approved by you with this form.',
  'experiment.orderHelp':
    'Tickets that both a rule and the learner could answer. First the learner means: if it is certain enough, else the rule.',
  'experiment.share': 'Requesters who take part',
  'experiment.shareHelp':
    'Half of them on each side, by a fair coin that stays with each requester.',
  'experiment.ends': 'Ends by itself',
  'experiment.never': 'When you stop it',
  'experiment.weeks': 'After {n} weeks',
  'experiment.reason': 'Why',
  'experiment.make': 'Make the experiment',
  'experiment.made': 'Experiment made. It begins when you start it.',

  'experiment.shows': 'What it shows',
  'experiment.start': 'Start with {share} of requesters',
  'experiment.started': 'The experiment runs. Tickets that come from now on take part.',
  'experiment.stop': 'Stop the experiment',
  'experiment.stopHelp':
    'Nobody takes part from then on. Tickets that do are still counted when their time has come.',
  'experiment.stopReason': 'Why it is stopped',
  'experiment.stopped': 'The experiment has ended.',
  'experiment.adopt': 'Use {side} for everyone',
  'experiment.adoptHelp':
    'As if you had set it by hand: a new version of the policy, another model in use, or a changed text. It ends the experiment and stands in the audit. A changed text or model needs a new certificate.',
  'experiment.adopted': 'Side {side} is in force for everyone.',
  'experiment.tookOver': 'Side {side} was taken over',
  'experiment.end': 'End it',
  'experiment.what': 'What is compared',
  'experiment.takesPart': 'Takes part',
  'experiment.part': '{share} of requesters:',
  'experiment.tickets': { one: '{n} ticket on side {side}', other: '{n} tickets on side {side}' },
  'experiment.time': 'Time',
  'experiment.made.at': 'Made by {name}, {at}',
  'experiment.started.at': 'started {at}',
  'experiment.ends.at': 'ends {at}',
  'experiment.ended.at': 'ended {at}',
  'experiment.counting': 'Counted',
  'experiment.countedOf':
    '{counted} of {all} requesters, by their first ticket, 14 days after it came, whatever happened',
  'experiment.answered': 'Rated',
  'experiment.answeredOf': '{a} of those asked on side A, {b} on side B',

  'experiment.outcomes': 'Outcomes',
  'experiment.outcomesHelp':
    'Intervals hold at all times: over all these outcomes together, a difference that is not there is found in at most 5% of experiments, however often anyone looks.',
  'experiment.outcome': 'Outcome',
  'experiment.difference': 'B less A',
  'experiment.finding': 'Finding',
  'experiment.isBetter': '{side} is better',
  'experiment.noDifference': 'no difference found',
  'experiment.of': '{mean}; {range}',
  'experiment.points': '{low} to {high} points',
  'experiment.days': '{low} to {high} days',
  'experiment.confirmed': 'Confirmed',
  'experiment.confirmedHelp': 'The customer said that it helped, or rated it good, within 14 days.',
  'experiment.recontact': 'Wrote again',
  'experiment.recontactHelp':
    'Wrote again within 7 days: on this ticket, on another, or “this did not help”.',
  'experiment.csat.worst': 'Rated good',
  'experiment.csat.worstHelp':
    'Of all tickets. The worst case: whoever gave no rating is counted as unhappy.',
  'experiment.csat.best': 'Not rated bad',
  'experiment.csat.bestHelp':
    'Of all tickets. The best case: whoever gave no rating is counted as happy. Ratings decide only if both cases agree.',
  'experiment.timeTaken': 'Time until solved',
  'experiment.timeTakenHelp': 'On average, in days; 14 for what was not solved by then.',
  'experiment.overTime': '{outcome}, day by day',
  'experiment.overTimeHelp':
    '{help} Bands are the intervals as they were on that day; once apart from each other for good, the sides differ.',
  'experiment.day': 'Day',
} as const;
