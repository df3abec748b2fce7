namespace Parley.Cluster.Membership;

/// <summary>The versions of the membership's tables.</summary>
internal static class MembershipSchema
{
    public const string Part = "membership";

    public static readonly string[] Steps =
    [
        // Stamps come from a sequence, so that none ever means two states, not even after a cluster was deleted and made again.
        // Times are ticks of UTC: a timestamp would round them, and what is compared must come back as it was.
        """
        CREATE SEQUENCE membership_stamp;

        CREATE TABLE membership(
            cluster text COLLATE "C" PRIMARY KEY, version integer NOT NULL, stamp bigint NOT NULL);

        CREATE TABLE silo(
            cluster text COLLATE "C" NOT NULL, address text COLLATE "C" NOT NULL, port integer NOT NULL, generation integer NOT NULL,
            stamp bigint NOT NULL, status integer NOT NULL, host_name text, silo_name text, role_name text, update_zone integer NOT NULL, fault_zone integer NOT NULL,
            proxy_port integer NOT NULL, suspects text[] NOT NULL, suspected_ticks bigint[] NOT NULL, start_ticks bigint NOT NULL, alive_ticks bigint NOT NULL,
            PRIMARY KEY(cluster, address, port, generation)) WITH (fillfactor = 50);
        """,
    ];
}
