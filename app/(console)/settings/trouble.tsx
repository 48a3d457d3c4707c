export function Trouble({ text }: { text: string | null }) {
  return text === null ? null : (
    <p role="alert" className="text-sm text-bad-text">
      {text}
    </p>
  );
}
