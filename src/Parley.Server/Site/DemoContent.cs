using Parley.Server.Identity;

namespace Parley.Server.Site;

/// <summary>
/// What a demo account has from its first moment. Nothing of it writes messages by itself: the first message of a conversation is
/// that of whoever tries it out.
/// </summary>
internal static class DemoContent
{
    private const string Sales = "1001";
    private const string Support = "1002";

    private static readonly (string Shortcut, string Title, string Text, string[] Skills, string Category)[] Answers =
    [
        ("hello", "Greeting", "Hello, I am here to help. What can I do for you?", [], "General"),
        ("moment", "One moment", "One moment please, I am looking it up.", [], "General"),
        ("else", "Anything else?", "Is there anything else I can help you with?", [], "General"),
        ("bye", "Goodbye", "Thank you for writing to us. Have a good day!", [], "General"),
        ("stock", "In stock", "Yes, we have it. If you order before 14:00 it leaves our house today.", [Sales], "Orders"),
        ("ship", "Delivery time", "Delivery takes two to three working days. You get a link to follow the parcel as soon as it is on its way.", [Sales, Support], "Orders"),
        ("return", "Returns", "You can send it back within 30 days, free of charge. Shall I send you the label?", [Support], "Returns"),
        ("number", "Ask for the order number", "Could you tell me your order number? It begins with two letters and is in the mail that confirmed your order.", [Support], "Orders"),
    ];

    public static AccountSettings Settings { get; } = AccountSettings.Default with
    {
        BrandName = "Parley demo shop",
        BrandDescription = "A shop that sells nothing and answers everything.",
        BrandCategory = "Retail",
    };

    /// <summary>Adds skills and canned answers to a new account.</summary>
    public static async Task AddAsync(IdentityServices identity, string accountId)
    {
        await identity.Agents.AddSkillAsync(accountId, Sales, "Sales", skill => Described(skill, "Questions before an order"));
        await identity.Agents.AddSkillAsync(accountId, Support, "Support", skill => Described(skill, "Help with an order"));
        foreach (var (shortcut, title, text, skills, category) in Answers)
        {
            await identity.CannedAnswers.SaveAsync(
                accountId, null, answer => answer with { Title = title, Text = text, Shortcut = shortcut, SkillIds = skills, Category = category, Language = "en" });
        }
    }

    private static Skill Described(Skill skill, string description) => skill with { Settings = skill.Settings with { Description = description } };
}
