namespace Parley.Bench.Workloads.Replay;

/// <param name="Events">In the dialogs that are replayed to one socket.</param>
/// <param name="PublishBytes">JSON of a publish; its event takes about 80 less.</param>
/// <param name="WarmUpSeconds">Of replaying, before it is measured.</param>
/// <param name="Rounds">How often each is replayed warm.</param>
/// <param name="ParallelSockets">That replay a dialog of their own at once.</param>
/// <param name="ParallelEvents">In each of these.</param>
internal sealed record ReplaySettings(IReadOnlyList<int> Events, int PublishBytes, double WarmUpSeconds, int Rounds, int ParallelSockets, int ParallelEvents);
