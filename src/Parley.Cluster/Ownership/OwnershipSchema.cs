namespace Parley.Cluster.Ownership;

/// <summary>The versions of the tables of nodes: who lives, and what each says of itself. Who owns what stands in the journal's table <c>shard</c>.</summary>
internal static class OwnershipSchema
{
    public const string Part = "ownership";

    public static readonly string[] Steps =
    [
        """
        CREATE TABLE node(
            id text COLLATE "C" PRIMARY KEY, address text NOT NULL, lease_until timestamptz NOT NULL) WITH (fillfactor = 50);
        """,
        """
        CREATE TABLE node_report(
            node text COLLATE "C" PRIMARY KEY, at timestamptz NOT NULL, report text NOT NULL) WITH (fillfactor = 50);
        """,
    ];
}
