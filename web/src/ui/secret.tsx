// Something shown once, to be copied: a link or a token.
import { Button, CopyButton } from '@mantine/core';
import { t } from '@/text/t';
import classes from './secret.module.css';

export function Secret({ value, help }: { value: string; help: string }) {
  return (
    <div className={classes.secret} role="status">
      <p>{help}</p>
      <div>
        <code>{value}</code>
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {t(copied ? 'action.copied' : 'action.copy')}
            </Button>
          )}
        </CopyButton>
      </div>
    </div>
  );
}
