namespace Parley.Journal.Sqlite;

/// <summary>
/// What is asked of <c>messages.db</c>; each is answered from an index. Of lists <c>?1</c> is the account, <c>?2</c> and <c>?3</c> are the
/// times of the last event, <c>?4</c> and <c>?5</c> the stages, <c>?6</c> whose they are; the newest come first.
/// </summary>
internal static class Queries
{
    public const string Load = "SELECT data FROM conversation WHERE id = ?";

    public const string Find = """
        SELECT sequence FROM event_id WHERE dialog = ?1 AND originator = ?2 AND id = ?3
        UNION ALL SELECT sequence FROM message WHERE dialog = ?1 AND originator = ?2 AND event_id = ?3
        """;

    /// <summary>From the row on that holds <c>?2</c>, up to but not including <c>?3</c>.</summary>
    public const string Read = """
        SELECT sequence, last, body FROM message WHERE dialog = ?1 AND sequence < ?3
        AND sequence >= COALESCE((SELECT MAX(sequence) FROM message WHERE dialog = ?1 AND sequence <= ?2), ?2) ORDER BY sequence
        """;

    public const string ByConsumer = """
        SELECT id, data FROM conversation WHERE account = ?1 AND consumer = ?6 AND updated BETWEEN ?2 AND ?3 AND +stage IN (?4, ?5)
        ORDER BY updated DESC
        """;

    // Each stage has its own place in these two indexes. They are read side by side.
    public const string ByAccount = $"{OfAccount} ?4 UNION ALL {OfAccount} ?5 ORDER BY 3 DESC";

    public const string ByAgent = $"{OfAgent} ?4 UNION ALL {OfAgent} ?5 ORDER BY 3 DESC";

    private const string OfAccount = "SELECT id, data, updated FROM conversation WHERE account = ?1 AND updated BETWEEN ?2 AND ?3 AND stage =";

    private const string OfAgent = """
        SELECT id, data, participation.updated FROM participation CROSS JOIN conversation ON id = participation.conversation
        WHERE participation.account = ?1 AND participation.agent = ?6 AND participation.updated BETWEEN ?2 AND ?3 AND participation.stage =
        """;
}
