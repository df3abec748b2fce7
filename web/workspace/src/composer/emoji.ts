/** Those that are written to consumers: the sign, and the words by which it is found. */
export const emoji: readonly (readonly [string, string])[] = [
  ['🙂', 'slight smile'], ['😀', 'grin happy'], ['😊', 'smile blush happy'], ['😄', 'laugh happy'], ['😂', 'tears joy laugh'], ['😉', 'wink'],
  ['😍', 'heart eyes love'], ['😎', 'cool sunglasses'], ['🤔', 'thinking hmm'], ['😅', 'sweat relief'], ['😬', 'grimace awkward'], ['😕', 'confused'],
  ['🙁', 'sad frown'], ['😢', 'cry sad'], ['😮', 'surprised wow'], ['😴', 'sleep tired'], ['🤗', 'hug'], ['🥳', 'party celebrate'],
  ['👍', 'thumbs up yes good'], ['👎', 'thumbs down no'], ['👌', 'ok perfect'], ['🙏', 'thanks please pray'], ['👏', 'clap applause'], ['🙌', 'hooray hands'],
  ['👋', 'wave hello bye'], ['🤝', 'handshake deal'], ['✌️', 'peace victory'], ['🤞', 'fingers crossed luck'], ['💪', 'strong muscle'], ['👀', 'eyes look'],
  ['❤️', 'heart love red'], ['💙', 'heart blue'], ['💚', 'heart green'], ['🎉', 'party tada'], ['🎁', 'gift present'], ['⭐', 'star'],
  ['✅', 'check done yes'], ['❌', 'cross no'], ['⚠️', 'warning'], ['❗', 'important exclamation'], ['❓', 'question'], ['ℹ️', 'information'],
  ['📦', 'parcel package delivery'], ['🚚', 'truck delivery'], ['🛒', 'cart shopping'], ['💳', 'card payment'], ['🧾', 'receipt bill'], ['🏷️', 'label price tag'],
  ['📅', 'calendar date'], ['⏰', 'alarm clock time'], ['⏳', 'hourglass wait'], ['📍', 'place pin address'], ['📞', 'telephone call'], ['📧', 'mail'],
  ['📎', 'paperclip attachment'], ['📷', 'camera photo'], ['🔍', 'search'], ['🔑', 'key'], ['🔒', 'lock secure'], ['🔧', 'repair wrench'],
  ['💡', 'idea light'], ['🚀', 'rocket fast'], ['☀️', 'sun weather'], ['🌙', 'moon night'], ['☕', 'coffee'], ['🍀', 'luck clover'],
];
