import { Component, type ReactNode } from 'react';
import { ErrorView } from './RefusalView';

/** A page that fails takes neither the frame nor the drafts with it. */
export class Boundary extends Component<{ children: ReactNode }, { error: unknown }> {
  state = { error: undefined as unknown };
  static getDerivedStateFromError(error: unknown) {
    return { error };
  }
  render() {
    if (this.state.error === undefined) return this.props.children;
    return <ErrorView error={this.state.error} onRetry={() => this.setState({ error: undefined })} />;
  }
}
