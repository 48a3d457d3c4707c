import { classes } from "./classes";

/** Ferry's mark: a hull with its cargo, on water. */
export function Mark({ className, size }: { className?: string; size?: number }) {
  return (
    <svg
      viewBox="0 0 24 24"
      aria-hidden="true"
      // A picture knows no classes.
      {...(size === undefined ? { className: classes("size-6", className) } : { width: size, height: size })}
    >
      <rect width="24" height="24" rx="5" fill="#00e599" />
      <path d="M9 5.5h6v4H9z" fill="#0c0d0d" />
      <path d="M4.5 11h15l-2.2 4.6a1 1 0 0 1-.9.6H7.6a1 1 0 0 1-.9-.6z" fill="#0c0d0d" />
      <path
        d="M5 19c1.2 0 1.2-.9 2.33-.9s1.17.9 2.34.9 1.16-.9 2.33-.9 1.17.9 2.33.9 1.17-.9 2.34-.9S17.8 19 19 19"
        fill="none"
        stroke="#0c0d0d"
        strokeWidth="1.3"
        strokeLinecap="round"
      />
    </svg>
  );
}
