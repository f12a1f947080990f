/** The golden journey as a line map: decoration, so hidden from readers that do not see. */
export function SignInPicture() {
  return (
    <svg viewBox="0 0 640 360" className="hidden w-full max-w-3xl lg:block" aria-hidden="true" fill="none" strokeLinejoin="round" strokeLinecap="round">
      <g strokeWidth="9">
        <path d="M40 180h120l70-70h110" stroke="#7cb3ff" />
        <path d="M160 180h300" stroke="#7cb3ff" />
        <path d="M300 180l60 60h90" stroke="#4dd0bf" />
        <path d="M300 180l110 110h40" stroke="#e8b545" />
        <path d="M460 180h60l70-70" stroke="#ff86c4" strokeDasharray="2 17" />
        <path d="M590 110V50" stroke="#b8a1ff" />
      </g>
      <g fill="#07090a" stroke="#f6f6f2" strokeWidth="5">
        <circle cx="40" cy="180" r="10" /><circle cx="160" cy="180" r="13" /><circle cx="340" cy="110" r="10" /><circle cx="300" cy="180" r="13" />
        <circle cx="450" cy="240" r="10" /><circle cx="450" cy="290" r="10" /><circle cx="460" cy="180" r="10" /><circle cx="590" cy="110" r="10" /><circle cx="590" cy="50" r="10" />
      </g>
      <g fill="#f6f6f2" className="text-[17px] font-bold">
        <text x="30" y="218">you</text><text x="130" y="218">gateway</text><text x="358" y="116">auth</text><text x="262" y="160">deployment</text>
        <text x="470" y="246">configuration</text><text x="470" y="296">database</text><text x="440" y="160">queue</text><text x="480" y="92" className="text-[17px]">notification</text><text x="545" y="30">mail</text>
      </g>
    </svg>
  );
}
