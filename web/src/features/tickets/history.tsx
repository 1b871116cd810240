// All that happened to the ticket, fetched when it is asked for.
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { historyQuery } from '@/api/queries';
import { t } from '@/text/t';
import { fullTime, messageTime } from '@/text/time';
import { Bones } from '@/ui/bones';
import { Icon } from '@/ui/icon';
import { ProblemNote } from '@/ui/problem-note';
import classes from './reading.module.css';

export function History({ number }: { number: number }) {
  const [opened, { toggle }] = useDisclosure(false);
  const history = useQuery({ ...historyQuery(number), enabled: opened });
  return (
    <section>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        ml={-7}
        aria-expanded={opened}
        leftSection={<Icon name={opened ? 'down' : 'next'} size={13} />}
        onClick={toggle}
      >
        {t('ticket.history')}
      </Button>
      {opened && history.isPending && <Bones rows={4} height={32} gap={6} />}
      {opened && history.isError && (
        <ProblemNote error={history.error} retry={() => history.refetch()} />
      )}
      {opened && history.data && (
        <ol className={classes.history}>
          {history.data.items.map((item) => (
            <li key={item.id}>
              <p>{item.text}</p>
              <p className={classes.help} title={fullTime(item.at)}>
                {item.actor} · {messageTime(item.at)}
              </p>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
