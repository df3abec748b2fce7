namespace Parley.Cluster.Status;

/// <summary>The database that nodes share.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Of PostgreSQL.</param>
/// <param name="Bytes">What it takes on the disk.</param>
/// <param name="Connections">How many there are to it.</param>
/// <param name="MostConnections">How many the server takes, for all its databases.</param>
/// <param name="UnsettledBlocks">Rows of the journal: what is committed and not in its final table.</param>
/// <param name="UnsettledBytes">What they hold.</param>
/// <param name="Schema">The version of each part's tables.</param>
public sealed record DatabaseStatus(
    string Name, string Version, long Bytes, int Connections, int MostConnections, long UnsettledBlocks, long UnsettledBytes, IReadOnlyDictionary<string, int> Schema);
