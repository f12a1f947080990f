/** What Argo CD is told, beside the environments below `synth/`. */
export const ARGOCD = 'argocd';
