using Parley.Server.Files;

namespace Parley.Server.Storage;

/// <summary>What several nodes keep in one place instead of in a folder each. Whoever is given it disposes its parts.</summary>
/// <param name="Accounts">Accounts, agents, sessions and keys.</param>
/// <param name="FileTables">Which shared files there are.</param>
/// <param name="Files">What is in them.</param>
public sealed record SharedStorage(IAccountStore Accounts, ITables FileTables, IFileStore Files);
