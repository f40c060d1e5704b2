import { HomeScreen } from '@/components/imports/home-screen';

export default function HomePage() {
  return <HomeScreen />;
}
