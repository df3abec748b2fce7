namespace Parley.Bench.Subjects;

/// <summary>How far a server has come that acknowledges first and puts in order later.</summary>
/// <param name="TailMegabytes">Committed and not yet settled.</param>
/// <param name="SettledEvents">Settled since its start.</param>
internal readonly record struct Settling(double TailMegabytes, double SettledEvents);
