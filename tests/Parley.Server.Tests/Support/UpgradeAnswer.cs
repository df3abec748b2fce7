namespace Parley.Server.Tests.Support;

/// <summary>The head of the answer to an upgrade request.</summary>
internal sealed record UpgradeAnswer(int Status, IReadOnlyDictionary<string, string> Headers);
