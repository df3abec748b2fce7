using Parley.Conversations;

namespace Parley.Server.Identity;

/// <summary>
/// What an account decides for itself; a member absent from the stored JSON takes its default (which is why members are
/// settable: generated readers give an init-only member the default of its type).
/// </summary>
public sealed record AccountSettings
{
    public static readonly AccountSettings Default = new();

    /// <summary>Response promise of a NORMAL conversation, seconds (protocol 15.5).</summary>
    public int TtrNormalSeconds { get; set; } = 3600;

    /// <summary>Response promise of a PRIORITIZED conversation, seconds.</summary>
    public int TtrPrioritizedSeconds { get; set; } = 600;

    /// <summary>Response promise of an URGENT conversation, seconds.</summary>
    public int TtrUrgentSeconds { get; set; } = 600;

    /// <summary>How long a ring waits for its agent, seconds (protocol 12.4).</summary>
    public int RingSeconds { get; set; } = 72;

    /// <summary>Whether a replay without events sends one notification with an empty <c>changes</c>.</summary>
    public bool NotifyEmptyReplay { get; set; } = true;

    /// <summary>Whether the socket that creates a conversation is subscribed to its messages unasked.</summary>
    public bool ImplicitSubscription { get; set; }

    /// <summary>Whether an agent counts as online from connecting, without SetAgentState.</summary>
    public bool ConnectedAgentIsOnline { get; set; }

    /// <summary>How long a conversation waits for the agent it was handed to before anybody may have it, seconds (protocol 12.6).</summary>
    public int TransferFallbackSeconds { get; set; } = 120;

    /// <summary>How long an agent whose last socket is gone keeps his state, seconds (protocol 12.1).</summary>
    public int PresenceGraceSeconds { get; set; } = 60;

    /// <summary>Whether the conversations of an agent who is gone for so long go back to the queue; if not, they stay his.</summary>
    public bool ReturnWhenGone { get; set; }

    /// <summary>How long an agent who declined a conversation is not asked again, seconds, if there is nobody else.</summary>
    public int AskAgainSeconds { get; set; } = 10;

    /// <summary>What a conversation takes of a slot while its consumer owes the answer for <see cref="IdleMinutes"/>, percent.</summary>
    public int IdleSlotPercent { get; set; } = 100;

    /// <summary>After how many minutes of a consumer's silence a conversation is idle.</summary>
    public int IdleMinutes { get; set; } = 10;

    /// <summary>Whether agents who are no managers may open conversations with known consumers (protocol 9.2).</summary>
    public bool AgentsOpenConversations { get; set; } = true;

    /// <summary>After so many minutes of a consumer's silence a conversation is closed (protocol 15.4); 90 days by default.</summary>
    public int AutoCloseMinutes { get; set; } = 129_600;

    /// <summary>After so many minutes without an answer a survey is closed; a week by default.</summary>
    public int SurveyMinutes { get; set; } = 10_080;

    /// <summary>Surveys by skill, <see cref="SurveySetting.AnySkill"/> for all that have none of their own; null for none.</summary>
    public IReadOnlyDictionary<string, SurveySetting>? Surveys { get; set; }

    /// <summary>What the brand is called (protocol 13.4); the account's id when null.</summary>
    public string? BrandName { get; set; }

    public string? BrandDescription { get; set; }
    public string? BrandCategory { get; set; }
    public string? BrandLogoUrl { get; set; }
    public string? BrandBackgroundUrl { get; set; }
    public string? BrandWebsiteUrl { get; set; }

    /// <summary>Why agents are away, for them to choose from (protocol 22); <see cref="StatusReason.Defaults"/> when null.</summary>
    public IReadOnlyList<StatusReason>? StatusReasons { get; set; }

    /// <summary>Whether files may be shared; when not, those shared before can still be read (protocol ch. 11).</summary>
    public bool FileSharing { get; set; } = true;

    /// <summary>Which kinds of files, by name (<see cref="Files.FileType"/>), with blanks between.</summary>
    public string FileTypes { get; set; } = "JPG JPEG PNG GIF PDF TXT DOCX PPTX XLSX";

    /// <summary>The largest file, bytes.</summary>
    public int FileBytes { get; set; } = 3 * 1024 * 1024;

    /// <summary>How much all files of the account may take.</summary>
    public int FileStorageMegabytes { get; set; } = 10 * 1024;

    /// <summary>Whether consumers may come without signing in (protocol 4.2, 4.3).</summary>
    public bool AnonymousConsumers { get; set; } = true;

    /// <summary>When somebody is there; null for always.</summary>
    public WorkingHours? WorkingHours { get; set; }

    /// <summary>
    /// What the server itself writes to a consumer outside working hours, once while they last (protocol 15.9); <c>{opensAt}</c> becomes the time
    /// of the next opening. Null for nothing, as with the texts below.
    /// </summary>
    public string? OffHoursMessage { get; set; }

    /// <summary>What it writes when a consumer begins a conversation, unless it has <see cref="OffHoursMessage"/> to write.</summary>
    public string? WelcomeMessage { get; set; }

    /// <summary>What it writes when an agent hands a conversation on.</summary>
    public string? TransferMessage { get; set; }

    /// <summary>
    /// What it writes when nobody has taken a conversation for <see cref="WaitingMessageSeconds"/>; <c>{position}</c> becomes its place in the queue,
    /// <c>{minutes}</c> how long it probably waits.
    /// </summary>
    public string? WaitingMessage { get; set; }

    public int WaitingMessageSeconds { get; set; } = 60;

    /// <summary>Whether these go to all consumers, or only to those whose client has the feature <c>AUTO_MESSAGES</c> (protocol 6.5).</summary>
    public bool AutomaticMessagesToAll { get; set; } = true;

    /// <summary>Limits that differ from the server's, or null.</summary>
    public LimitOverrides? Limits { get; set; }

    /// <summary>What conversations are promised whose skill promises nothing itself.</summary>
    internal Promises Promises => new(TtrNormalSeconds, TtrPrioritizedSeconds, TtrUrgentSeconds);

    /// <summary>The names in <see cref="FileTypes"/>.</summary>
    internal IEnumerable<string> FileTypeNames => FileTypes.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether the account's files may take so many bytes more.</summary>
    internal bool HasRoomFor(long bytes, long used) => used + bytes <= FileStorageMegabytes * 1024L * 1024;
}
