namespace Parley.Cluster.Moving;

/// <summary>The tables that a folder and a database have both, and that are moved row by row. A test compares the list with what there is.</summary>
internal static class MovedTables
{
    /// <summary>Of accounts; what others refer to comes first.</summary>
    public static readonly string[] Accounts =
    [
        "installation", "accounts", "account_revisions", "skills", "agents", "app_keys", "sessions", "minted_tokens", "revoked_tokens", "revoked_consumers",
        "signing_keys", "auth_connectors", "canned_answers", "profiles", "consumer_claims", "used_assertions", "agent_states",
    ];

    /// <summary>Of shared files; what is in them is moved by the stores.</summary>
    public static readonly string[] Files = ["files", "shares"];
}
