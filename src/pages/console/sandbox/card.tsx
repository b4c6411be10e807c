import { type ReactNode } from 'react';

interface CardProps {
  title: string;
  children: ReactNode;
}

export function Card({ title, children }: CardProps) {
  return (
    <section className="card" aria-label={title}>
      <h3>{title}</h3>
      <div className="stack">{children}</div>
    </section>
  );
}
